// The Selection as it stands in an address: names and values, in the order they were given.

export const AREA_NAMES = ["bbox", "circle", "polygon"] as const;
export type AreaName = (typeof AREA_NAMES)[number];
type Pair = [name: string, value: string];

export class Question {
  readonly pairs: readonly Pair[];

  constructor(pairs: Iterable<Pair>) {
    this.pairs = [...pairs].filter(([, value]) => value.trim() !== "");
  }

  static read(query: string): Question {
    return new Question(new URLSearchParams(query));
  }

  static fromForm(form: HTMLFormElement): Question {
    const pairs: Pair[] = [];
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") pairs.push([name, value]);
    }
    return new Question(pairs);
  }

  get(name: string): string | null {
    return this.pairs.find(([each]) => each === name)?.[1] ?? null;
  }

  all(name: string): string[] {
    return this.pairs.filter(([each]) => each === name).map(([, value]) => value);
  }

  with(name: string, value: string): Question {
    return new Question([...this.pairs.filter(([each]) => each !== name), [name, value]]);
  }

  without(...names: string[]): Question {
    return new Question(this.pairs.filter(([each]) => !names.includes(each)));
  }

  /** The same question with one drawn area in place of any drawn before. */
  withArea(name: AreaName, value: string): Question {
    return this.without(...AREA_NAMES).with(name, value);
  }

  query(): string {
    return new URLSearchParams(this.pairs as Pair[]).toString();
  }

  /** Without what only orders the list: what tiles, counts and exports are asked with. */
  selection(): string {
    return this.without("order", "after").query();
  }

  address(path: string): string {
    const query = this.query();
    return query ? `${path}?${query}` : path;
  }
}
