import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LedgerLine, Proof } from "../../api/types";
import { checkProof, parseProof, type Verdict } from "../../economy/proof";
import { date, t } from "../../i18n";
import { account, failed, history, isBusy, till } from "./model";
import { dropName, itemName, Missing, Outcome } from "./parts";
import { ShopHead } from "./sections";

const SEED = /^[A-Za-z0-9_-]{0,64}$/;

/** Where draws come from, and how everybody can check them on their own device. */
export function Fairness() {
  return (
    <section class="economy" aria-labelledby="fairness-title" data-testid="fairness">
      <ShopHead />
      <div class="card">
        <h1 id="fairness-title">{t("part_fairness")}</h1>
        <p class="hint">{t("fairness_text")}</p>
        {!globalThis.crypto?.subtle && <p class="problem">{t("no_crypto")}</p>}
      </div>
      <Seeds />
      <Draws />
      <Pasted />
    </section>
  );
}

function Seeds() {
  const typed = useSignal<string | null>(null);
  const draws = account.value?.draws;
  if (!draws) return null;
  const seed = typed.value ?? draws.client_seed;
  const fine = SEED.test(seed);
  const renew = (event: Event) => {
    event.preventDefault();
    if (!fine || isBusy("seed")) return;
    till.value?.order("/chance/seed", { client_seed: seed }, "seed");
    typed.value = null;
  };
  return (
    <form class="card name-form" onSubmit={renew} noValidate>
      <h2 class="label">{t("seed_now")}</h2>
      <code class="selectable" data-testid="seed-hash">
        {draws.server_seed_hash}
      </code>
      <p class="help">{t("nonce", { nonce: draws.nonce })}</p>
      <label for="client-seed">{t("client_seed")}</label>
      <div class="field">
        <input
          id="client-seed"
          value={seed}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          aria-describedby="client-seed-help"
          aria-invalid={!fine}
          data-testid="client-seed"
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={!fine || isBusy("seed")} data-testid="reseed">
          {t("reseed")}
        </button>
      </div>
      <p id="client-seed-help" class={fine ? "help" : "problem"}>
        {t("client_seed_hint")}
      </p>
      <Outcome place="seed" />
    </form>
  );
}

/** The player's openings, from their history. */
function Draws() {
  const desk = till.value;
  const { lines, more, busy } = history.value;
  useEffect(() => void desk?.load("ledger"), [desk]);
  const found = lines?.filter((line) => line.kind === "open" && line.op !== null);
  return (
    <section class="card" aria-labelledby="draws-title" data-testid="draws">
      <h2 id="draws-title">{t("draws_title")}</h2>
      {!found && <Missing failed={!!failed.value.ledger} text={t("draws_failed")} retry={() => void desk?.load("ledger")} />}
      {found?.length === 0 && !more && <p class="hint">{t("draws_none")}</p>}
      {found && found.length > 0 && (
        <ul class="things">
          {found.map((line) => (
            <Draw key={line.seq} line={line} />
          ))}
        </ul>
      )}
      {more && (
        <button type="button" class="button quiet wide" disabled={busy} onClick={() => void desk?.moreHistory()}>
          {t("history_more")}
        </button>
      )}
    </section>
  );
}

type Found = { proof: Proof; verdict: Verdict } | "busy" | "failed" | null;

async function checked(proof: Proof): Promise<Found> {
  const desk = till.peek();
  if (!desk) return "failed";
  return { proof, verdict: await checkProof(proof, await desk.catalogueOf(proof.catalogue)) };
}

function Draw({ line }: { line: LedgerLine }) {
  const found = useSignal<Found>(null);
  const check = async () => {
    found.value = "busy";
    found.value = await (till.peek()?.proof(line.op ?? "").then(checked) ?? Promise.resolve<Found>("failed")).catch((): Found => "failed");
  };
  const crate = Object.keys(line.goods).find((id) => (line.goods[id] ?? 0) < 0);
  return (
    <li class="entry" data-testid="draw">
      <div class="plain">
        <span class="name">
          {crate ? itemName(crate) : ""} {crate && t("pieces", { count: -(line.goods[crate] ?? 0) })}
        </span>
        <button type="button" class="button quiet" disabled={found.value === "busy"} onClick={check} data-testid="check">
          {t("check")}
        </button>
      </div>
      <Result found={found.value} />
    </li>
  );
}

/** What a check has found, with the seeds that everybody can check themselves. */
function Result({ found }: { found: Found }) {
  const known = typeof found === "object" && found !== null ? found : null;
  const since = known ? (till.value?.seedSeenSince(known.proof.server_seed_hash) ?? null) : null;
  return (
    <div role="status" data-testid="verdict" data-verdict={known?.verdict}>
      {found === "busy" && <p class="help">{t("checking")}</p>}
      {found === "failed" && <p class="problem">{t("check_failed")}</p>}
      {known && (
        <>
          <p class={known.verdict === "proven" ? "good" : known.verdict === "sealed" ? "help" : "problem"}>
            {known.verdict === "proven" && "✓ "}
            {t(known.verdict)}
          </p>
          {known.verdict === "proven" && (
            <p class="help">{since === null ? t("proven_unseen") : t("proven_seen", { date: date(since) })}</p>
          )}
          <p>{known.proof.drops.map(dropName).join(", ")}</p>
          <dl class="facts">
            <dt>{t("fact_hash")}</dt>
            <dd>{known.proof.server_seed_hash}</dd>
            {known.proof.server_seed !== null && (
              <>
                <dt>{t("fact_seed")}</dt>
                <dd>{known.proof.server_seed}</dd>
              </>
            )}
            <dt>{t("client_seed")}</dt>
            <dd>
              {known.proof.client_seed}:{known.proof.nonce}
            </dd>
          </dl>
        </>
      )}
    </div>
  );
}

/** Checks a proof that somebody else has. */
function Pasted() {
  const text = useSignal("");
  const found = useSignal<Found>(null);
  const broken = useSignal(false);
  const check = async (event: Event) => {
    event.preventDefault();
    const proof = parseProof(text.value);
    broken.value = proof === null;
    found.value = proof && "busy";
    if (proof) found.value = await checked(proof).catch((): Found => "failed");
  };
  return (
    <form class="card name-form" onSubmit={check} noValidate>
      <h2 class="label">
        <label for="proof">{t("paste_title")}</label>
      </h2>
      <textarea
        id="proof"
        rows={4}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        aria-describedby="proof-help"
        data-testid="proof"
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <p id="proof-help" class={broken.value ? "problem" : "help"} role="status">
        {t(broken.value ? "paste_broken" : "paste_hint")}
      </p>
      <button type="submit" class="button wide" disabled={text.value.trim() === ""} data-testid="check-proof">
        {t("check")}
      </button>
      <Result found={found.value} />
    </form>
  );
}
