// Where a fact comes from: shown on hover and focus by the style sheet, kept open by a tap.
export function startSourceNotes(root: ParentNode = document): void {
  const close = (button: Element) => button.setAttribute("aria-expanded", "false");
  for (const button of root.querySelectorAll<HTMLButtonElement>(".source-button")) {
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      const isOpen = button.getAttribute("aria-expanded") === "true";
      document.querySelectorAll(".source-button[aria-expanded=true]").forEach(close);
      button.setAttribute("aria-expanded", String(!isOpen));
    });
  }
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest(".source-note")) return;
    document.querySelectorAll(".source-button[aria-expanded=true]").forEach(close);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".source-button[aria-expanded=true]").forEach(close);
  });
}
