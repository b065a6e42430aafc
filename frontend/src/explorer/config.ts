// What the server wrote into the page for the explorer: kinds, days and addresses.

export interface KindStyle {
  name: string;
  label: string;
  colour: number;
  shape: string;
  icon: string;
}

export interface AreaName {
  code: string;
  kind: string;
  name: string;
}

export interface Config {
  kinds: KindStyle[];
  areas: AreaName[];
  today: string;
  addresses: {
    explore: string;
    answer: string;
    years: string;
    tiles: string;
    record: string;
    records: string;
  };
}

/** What one answer of the server says beside its text. */
export interface Facts {
  total: number;
  unlocated: number;
  query: string;
  words: string;
  areas: Record<string, number>;
  kinds: Record<string, number>;
  sources: string;
}

function read<T>(node: Element | null): T | null {
  const text = node?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

export function configOf(root: ParentNode = document): Config | null {
  return read<Config>(root.querySelector("#explore-config"));
}

export function factsOf(root: ParentNode): Facts | null {
  return read<Facts>(root.querySelector("#explore-facts"));
}
