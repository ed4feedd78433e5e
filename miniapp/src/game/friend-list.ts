import type { Invited, Referrals } from "../api/types";

export interface FriendsState {
  /** Null until the first page is loaded. */
  entries: Invited[] | null;
  direct: number;
  indirect: number;
  /** Who has invited the player. */
  invited_by: string | null;
  /** Whether there are more to load. */
  more: boolean;
  busy: boolean;
  failed: boolean;
}

export const NO_FRIENDS: FriendsState = {
  entries: null,
  direct: 0,
  indirect: 0,
  invited_by: null,
  more: false,
  busy: false,
  failed: false,
};

export interface FriendListParts {
  /** Loads a page, the first one for null; resolves to null while nobody is signed in. */
  load(cursor: string | null): Promise<Referrals | null>;
  onState(state: FriendsState): void;
}

/** Friends who joined through the player's link, page by page. */
export class FriendList {
  private state = NO_FRIENDS;
  private cursor: string | null = null;

  constructor(private readonly parts: FriendListParts) {}

  /** Loads the first page again; the current entries stay until it arrives. */
  reload(): Promise<void> {
    return this.load(null);
  }

  /** Loads the next page, or retries the one that failed. */
  more(): Promise<void> {
    return this.load(this.cursor);
  }

  private async load(cursor: string | null): Promise<void> {
    if (this.state.busy) return;
    this.show({ busy: true, failed: false });
    try {
      const page = await this.parts.load(cursor);
      if (page === null) return this.show({ busy: false });
      const known = cursor === null ? [] : (this.state.entries ?? []);
      this.cursor = page.cursor;
      const { direct, indirect, invited_by = null } = page;
      const entries = [...known, ...page.entries];
      this.show({ entries, direct, indirect, invited_by, more: page.cursor !== null, busy: false });
    } catch {
      this.show({ busy: false, failed: true });
    }
  }

  private show(part: Partial<FriendsState>): void {
    this.state = { ...this.state, ...part };
    this.parts.onState(this.state);
  }
}
