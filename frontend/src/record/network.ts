// The relations of one record as a picture: what it takes part in on the right, who takes part in
// it on the left, lines between. The list above it says the same in words, so this is hidden from
// readers of the page's structure.
import { kinds } from "../parts/kinds";
import { icon } from "../parts/words";

interface Entry {
  id: number;
  kind: string;
  name: string;
}

interface Group {
  role: string;
  side: "in" | "out";
  entries: Entry[];
  more: number;
}

const SVG = "http://www.w3.org/2000/svg";

function node(entry: Entry): HTMLAnchorElement {
  const link = document.createElement("a");
  link.className = "network-node";
  link.href = `/resources/${entry.id}`;
  link.tabIndex = -1;
  const sign = document.createElement("span");
  sign.className = `kind-icon kind-icon-${kinds[entry.kind]?.colour ?? 0}`;
  sign.append(icon(kinds[entry.kind]?.icon ?? "link"));
  const name = document.createElement("span");
  name.textContent = entry.name;
  link.append(sign, name);
  link.dataset.colour = String(kinds[entry.kind]?.colour ?? 0);
  return link;
}

function side(groups: Group[], which: "in" | "out"): HTMLElement {
  const column = document.createElement("div");
  column.className = `network-side network-${which}`;
  for (const group of groups.filter((each) => each.side === which)) {
    const box = document.createElement("div");
    box.className = "network-group";
    const role = document.createElement("p");
    role.className = "network-role";
    role.textContent = group.role;
    box.append(role, ...group.entries.map(node));
    if (group.more) {
      const more = document.createElement("p");
      more.className = "network-role";
      more.textContent = `+${group.more}`;
      box.append(more);
    }
    column.append(box);
  }
  return column;
}

function draw(picture: HTMLElement, lines: SVGSVGElement, centre: HTMLElement): void {
  const frame = picture.getBoundingClientRect();
  const middle = centre.getBoundingClientRect();
  lines.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
  lines.replaceChildren(
    ...[...picture.querySelectorAll<HTMLElement>(".network-node")].map((each) => {
      const box = each.getBoundingClientRect();
      const isLeft = box.left < middle.left;
      const from = { x: isLeft ? box.right : box.left, y: box.top + box.height / 2 };
      const to = { x: isLeft ? middle.left : middle.right, y: middle.top + middle.height / 2 };
      const [x1, y1, x2, y2] = [from.x - frame.left, from.y - frame.top, to.x - frame.left, to.y - frame.top];
      const bend = (x1 + x2) / 2;
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`);
      path.setAttribute("class", `network-line kind-icon-${each.dataset.colour}`);
      return path;
    }),
  );
}

export function startNetwork(picture: HTMLElement): void {
  const groups = JSON.parse(document.getElementById("record-network")?.textContent ?? "[]") as Group[];
  if (!groups.length) {
    picture.remove();
    return;
  }
  const lines = document.createElementNS(SVG, "svg");
  lines.setAttribute("class", "network-lines");
  const centre = document.createElement("p");
  centre.className = "network-centre";
  centre.textContent = picture.dataset.network ?? "";
  const sides = new Set(groups.map((group) => group.side));
  if (sides.size === 1) picture.classList.add(`network-only-${groups[0]?.side}`);
  picture.append(lines, side(groups, "in"), centre, side(groups, "out"));
  picture.hidden = false;
  new ResizeObserver(() => draw(picture, lines, centre)).observe(picture);
}
