import type { EpochMs } from "#kernel";
import type { Health, PromiseNumber } from "#reconciliation";
import { DataTable, formatInstant } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { ageWords } from "./age-words.ts";
import { BREAK_WORDS, JOB_WORDS, PROMISE_WORDS } from "./reconciliation-words.ts";

const SECTION = "/admin/reconciliation";
const PROMISES: readonly PromiseNumber[] = ["P1", "P2", "P3", "P4", "P5", "P6"];

type Timed = { readonly now: EpochMs; readonly timeZone: string };

/** Every promise with its figure, what waits, and how far the comparisons are. */
export const HealthPage = ({ health, now, timeZone }: Timed & { readonly health: Health }) => (
  <AdminPage title="Health" section={SECTION}>
    <div class="desk-head">
      <h1>Health</h1>
      <p class="hint">
        {health.lastRunAt === undefined
          ? "Nothing has been compared yet."
          : `Compared last ${formatInstant(health.lastRunAt, timeZone)}.`}
      </p>
    </div>
    <div class="desk-stack">
      <section>
        <h2>Promises</h2>
        <div class="desk-tiles">
          {PROMISES.map((promise) => (
            <a class="desk-tile" href={`${SECTION}/breaks`}>
              <b>{openOf(health, promise)}</b>
              {PROMISE_WORDS[promise]}
            </a>
          ))}
          <a class="desk-tile" href={`${SECTION}/breaks`}>
            <b>{health.waiting.events}</b>
            events waiting
            {health.waiting.oldestAt !== undefined &&
              `, the oldest for ${ageWords(health.waiting.oldestAt, now)}`}
          </a>
        </div>
        <p class="hint">
          Numbers of differences found and not resolved. {health.accepted} more are known and let stand.
        </p>
      </section>
      <section>
        <h2>Open by class</h2>
        {health.openByClass.length === 0 ? (
          <p>Everything that was compared is as promised.</p>
        ) : (
          <DataTable
            caption="Open breaks by class"
            isCaptionHidden
            columns={[
              { label: "What" },
              { label: "Promise" },
              { label: "Open", isNumeric: true },
              { label: "Oldest" },
            ]}
            rows={health.openByClass.map((entry) => [
              <a href={`${SECTION}/breaks?class=${entry.class}`}>{BREAK_WORDS[entry.class]}</a>,
              entry.promise,
              entry.open,
              ageWords(entry.oldestAt, now),
            ])}
          />
        )}
      </section>
      <Comparisons health={health} timeZone={timeZone} />
      <WebhooksLink />
    </div>
  </AdminPage>
);

const WebhooksLink = () => (
  <section>
    <h2>Payment provider</h2>
    <p>
      <a href="/admin/webhooks">Payment webhooks</a> that came, and a way to work one off again.
    </p>
  </section>
);

const openOf = (health: Health, promise: PromiseNumber): number =>
  health.openByClass.reduce((sum, entry) => (entry.promise === promise ? sum + entry.open : sum), 0);

const Comparisons = ({ health, timeZone }: { readonly health: Health; readonly timeZone: string }) => (
  <section>
    <h2>Comparisons</h2>
    <DataTable
      caption="How far each comparison is"
      isCaptionHidden
      columns={[
        { label: "What" },
        { label: "State" },
        { label: "So far", isNumeric: true },
        { label: "Last time all", isNumeric: true },
        { label: "Found then", isNumeric: true },
        { label: "Finished", isWhole: true },
      ]}
      rows={health.jobs.map((job) => [
        JOB_WORDS[job.name],
        job.isUnderWay ? <Word tone="wait">Under way</Word> : <Word tone="quiet">At rest</Word>,
        job.checked,
        job.lastLapChecked,
        job.lastLapFound,
        job.lastLapAt === undefined ? "not yet" : formatInstant(job.lastLapAt, timeZone),
      ])}
    />
    <div class="desk-filters">
      <form method="post" action={`${SECTION}/run`}>
        <button class="button" type="submit">
          Compare everything now
        </button>
      </form>
      <form method="post" action={`${SECTION}/rebuild`}>
        <button class="button button-quiet" type="submit">
          Rebuild the copies
        </button>
      </form>
    </div>
    <p class="hint">
      Each press does one share; the rest follows by itself every five minutes. The shop sells on meanwhile.
    </p>
  </section>
);
