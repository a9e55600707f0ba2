import type { ProductCard } from "#catalog";
import { CardGrid, Empty, Page } from "#web";

/** What this browser looked at lately; its part `seen` is a section for the foot of other pages. */
export const RecentlyViewedPage = ({ cards }: { readonly cards: readonly ProductCard[] }) => (
  <Page title="Seen lately" kind="list" isIndexed={false} path="/recently-viewed">
    <h1 class={cards.length === 0 ? "visually-hidden" : undefined}>What you looked at lately</h1>
    {cards.length === 0 ? (
      <Empty title="Nothing here yet" action={{ href: "/", label: "Look around" }}>
        Products that you look at stand here for 30 days, if your browser runs scripts.
      </Empty>
    ) : (
      <>
        <section class="section" data-part="seen" aria-labelledby="seen">
          <div class="section-head">
            <h2 id="seen">Seen lately</h2>
          </div>
          <div class="strip-small">
            <CardGrid cards={cards} />
          </div>
        </section>
        <form class="section" action="/recently-viewed" method="post">
          <button class="button button-quiet" type="submit" name="forget" value="yes">
            Forget these
          </button>
        </form>
      </>
    )}
  </Page>
);
