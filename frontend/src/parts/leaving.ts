// A form with unsaved changes asks before the page is left: nothing typed is lost by a slip.
export function startLeaving(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keeps-work]")) {
    let isChanged = false;
    form.addEventListener("input", () => {
      isChanged = true;
    });
    form.addEventListener("submit", () => {
      isChanged = false;
    });
    addEventListener("beforeunload", (event) => {
      if (isChanged) event.preventDefault();
    });
  }
}
