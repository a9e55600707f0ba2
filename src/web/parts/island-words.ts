import type { Speech } from "#words";
import type { ScriptName } from "../asset-manifest-type.ts";

/** Stays in the words of scripts, which fill it themselves. */
const count = "{count}";

/** What the scripts of a page say, as JSON for an attribute of its body: scripts have no words of their own. */
export const islandWords = (speech: Speech, script: ScriptName): string =>
  JSON.stringify({
    suggestions: speech.say("live.suggestions"),
    suggested: speech.say("live.suggested", { count }),
    ...ownWords(speech, script),
  });

function ownWords({ say }: Speech, script: ScriptName): Readonly<Record<string, string>> {
  switch (script) {
    case "product":
      return {
        adding: say("live.adding"),
        added: say("live.added"),
        viewCart: say("live.view_cart"),
        lost: say("live.lost"),
        asking: say("live.asking"),
        picture: say("picture.all"),
        close: say("picture.close"),
      };
    case "collection":
    case "search":
      return { loading: say("live.loading"), shown: say("live.shown", { count }) };
    case "order":
      return { live: say("live.live") };
    default:
      return {};
  }
}
