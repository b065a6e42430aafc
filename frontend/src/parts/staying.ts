// Who changes the language or signs in stays where they are, also where scripts moved the address.
export function startStaying(): void {
  const here = (): string => location.pathname + location.search + location.hash;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-next]")) {
    const next = form.querySelector<HTMLInputElement>("input[name=next]");
    form.addEventListener("submit", () => {
      if (next) next.value = here();
    });
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-next]")) {
    link.addEventListener("click", () => {
      const onward = new URL(link.href);
      if (onward.searchParams.has("next")) onward.searchParams.set("next", here());
      link.href = onward.href;
    });
  }
}
