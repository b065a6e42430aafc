// Keys of work lists: j and k move, Enter opens, ? shows all keys.
const TYPING = "input, textarea, select, [contenteditable]";

function rowsOf(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[data-work-item]")];
}

function move(list: Element, by: number): void {
  const rows = rowsOf(list);
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.classList.contains("is-current"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, now + by))];
  rows[now]?.classList.remove("is-current");
  next?.classList.add("is-current");
  next?.querySelector<HTMLElement>("a, button")?.focus();
}

export function startKeys(): void {
  const help = document.querySelector<HTMLDialogElement>("dialog[data-key-help]");
  const list = document.querySelector("[data-work-list]");
  document.querySelector("[data-key-help-button]")?.addEventListener("click", () => help?.showModal());
  document.addEventListener("keydown", (event) => {
    const isTyping = (event.target as Element).closest(TYPING) !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?" && help) {
      event.preventDefault();
      if (help.open) help.close();
      else help.showModal();
    } else if (list && !help?.open && (event.key === "j" || event.key === "k")) {
      event.preventDefault();
      move(list, event.key === "j" ? 1 : -1);
    }
  });
}
