// What the map asks the API for: one record's name, or the first records of a small place.
import type { Config, KindStyle } from "./config";

export interface Item {
  id: number;
  kind: string;
  name: string;
  is_example?: boolean;
  position: [number, number] | null;
}

export interface Listed {
  total: number;
  items: Item[];
}

const MOST_KEPT = 500;

export class Names {
  private readonly kept = new Map<number, Promise<Item | null>>();
  private readonly kinds: ReadonlyMap<string, KindStyle>;

  /** `credentials` is `omit` where only what the public sees may be shown. */
  constructor(
    private readonly config: Config,
    private readonly credentials: RequestCredentials = "same-origin",
  ) {
    this.kinds = new Map(config.kinds.map((each) => [each.name, each]));
  }

  kindOf(name: string): KindStyle | undefined {
    return this.kinds.get(name);
  }

  addressOf(id: number): string {
    return this.config.addresses.record.replace("/0", `/${id}`);
  }

  one(id: number): Promise<Item | null> {
    const known = this.kept.get(id);
    if (known) return known;
    const asked = this.fetchJson<Item>(`${this.config.addresses.records}/${id}`);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(id, asked);
    // A failed answer is asked for again the next time.
    void asked.then((item) => item ?? this.kept.delete(id));
    return asked;
  }

  within(selection: string, box: string, limit: number): Promise<Listed | null> {
    const query = new URLSearchParams(selection);
    query.append("bbox", box);
    query.set("limit", String(limit));
    return this.fetchJson<Listed>(`${this.config.addresses.records}?${query}`);
  }

  private async fetchJson<T>(address: string): Promise<T | null> {
    try {
      const answer = await fetch(address, {
        credentials: this.credentials,
        headers: { accept: "application/json" },
      });
      return answer.ok ? ((await answer.json()) as T) : null;
    } catch {
      return null;
    }
  }
}
