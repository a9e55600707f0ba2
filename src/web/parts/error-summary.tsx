import { useSpeech } from "./use-speech.ts";

/** One thing to mend: `field` is the id of its control. */
export type SummaryError = { readonly field: string; readonly message: string };

/**
 * Stands first in main after a refused form; takes focus without script. The page's title then begins with "Error:",
 * and each message stands again above its field, word for word. Renders nothing without errors.
 */
export const ErrorSummary = ({ errors }: { readonly errors: readonly SummaryError[] }) =>
  errors.length === 0 ? null : (
    <div class="error-summary" role="alert" tabindex={-1} autofocus aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{useSpeech().say("problem.title")}</h2>
      <ul>
        {errors.map((error) => (
          <li>
            <a href={`#${error.field}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
