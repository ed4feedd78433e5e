import { useEffect } from "preact/hooks";
import type { Invited } from "../api/types";
import { date, number, t } from "../i18n";
import { Avatar } from "./avatar";
import { friends, inviteState, player, playerId, useActions } from "./model";
import { nameOf } from "./names";
import { ProfileHead } from "./profile-head";
import { ShareButtons } from "./share-buttons";

export function Friends() {
  return (
    <section class="friends" aria-labelledby="friends-title" data-testid="friends">
      <ProfileHead />
      <Invitation />
      <FriendsCard />
    </section>
  );
}

function Invitation() {
  const { copyLink } = useActions();
  const link = player.value?.invite_url ?? null;
  const state = inviteState.value;
  useEffect(() => () => void (inviteState.value = "idle"), []);
  return (
    <div class="card">
      <h1 id="friends-title">{t("invite_title")}</h1>
      <p class="hint">{t("invite_text")}</p>
      <div class="buttons">
        <ShareButtons />
        {link && (
          <button type="button" class="button quiet wide" onClick={copyLink} data-testid="copy">
            {t("copy")}
          </button>
        )}
      </div>
      <p role="status" class="hint" data-testid="invite-status">
        {!player.value ? null : !link ? t("invite_later") : state !== "idle" && state !== "busy" && t(state)}
      </p>
      {state === "copy_failed" && link && <code class="selectable link">{link}</code>}
    </div>
  );
}

/** Friends who joined through the link, and whose link the player came by. */
function FriendsCard() {
  const { loadFriends, moreFriends } = useActions();
  const { entries, direct, indirect, invited_by, more, busy, failed } = friends.value;
  useEffect(() => void loadFriends(), [playerId.value]);
  return (
    <div class="card" data-testid="friend-list" aria-busy={busy}>
      <h2>{t("friends_title")}</h2>
      {invited_by !== null && (
        <p class="hint" data-testid="invited-by">
          {t("invited_by", { name: invited_by })}
        </p>
      )}
      {entries && entries.length > 0 && (
        <dl class="sums">
          <Sum name={t("friends_direct")} value={direct} />
          <Sum name={t("friends_indirect")} value={indirect} />
        </dl>
      )}
      {entries === null && !failed && <p class="hint">{t("board_loading")}</p>}
      {entries?.length === 0 && <p class="hint">{t("friends_none")}</p>}
      {entries && entries.length > 0 && (
        <ul class="rows">
          {entries.map((friend) => (
            <Friend key={friend.id} friend={friend} />
          ))}
        </ul>
      )}
      {failed && (
        <p class="hint" role="status">
          {t("friends_failed")}
        </p>
      )}
      {(more || failed) && (
        <button type="button" class="button quiet wide" disabled={busy} onClick={moreFriends} data-testid="more-friends">
          {t(failed ? "again" : "friends_more")}
        </button>
      )}
    </div>
  );
}

function Sum({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{number(value)}</dd>
    </div>
  );
}

function Friend({ friend }: { friend: Invited }) {
  return (
    <li class="row" data-testid="friend">
      <span class="who">
        <Avatar id={friend.id} name={nameOf(friend)} />
        <span class="name">{nameOf(friend)}</span>
      </span>
      <span class="friend-facts">
        {t("friend_since", { date: date(friend.joined_at_s) })}
        {friend.direct > 0 && <span>{t("friend_invited", { count: friend.direct })}</span>}
      </span>
    </li>
  );
}
