// The file box of the import page: drop a file, see its name and size before it is sent.
import { say } from "../parts/words";

const MEGABYTE = 1024 * 1024;

function sizeOf(bytes: number): string {
  return bytes < MEGABYTE ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

function start(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>("input[type=file]");
  const told = box.querySelector<HTMLElement>("[data-file-told]");
  const limit = Number(box.dataset.limit ?? "0");
  if (!input || !told) return;
  const tell = () => {
    const file = input.files?.[0];
    if (!file) {
      told.textContent = "";
      return;
    }
    const isTooBig = limit > 0 && file.size > limit;
    told.textContent = isTooBig
      ? say(
          `“${file.name}”有 ${sizeOf(file.size)}，超过上限 ${sizeOf(limit)}。请拆成几个文件分别导入。`,
          `"${file.name}" has ${sizeOf(file.size)}, more than the limit of ${sizeOf(limit)}. Split it into several files.`,
        )
      : `${file.name} · ${sizeOf(file.size)}`;
    told.classList.toggle("field-error", isTooBig);
    input.setCustomValidity(isTooBig ? told.textContent : "");
  };
  input.addEventListener("change", tell);
  for (const name of ["dragenter", "dragover"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.remove("is-over");
    });
  }
  box.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    tell();
  });
}

for (const box of document.querySelectorAll<HTMLElement>("[data-file-box]")) start(box);
