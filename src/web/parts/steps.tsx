import { useSpeech } from "./use-speech.ts";

export type Step = {
  readonly label: string;
  /** Only past steps have one. */
  readonly href?: string;
  readonly state: "done" | "current" | "ahead";
};

/** The steps of checkout: one to one with its pages; past ones are links. */
export const Steps = ({ steps }: { readonly steps: readonly Step[] }) => (
  <nav class="steps" aria-label={useSpeech().say("checkout.steps")}>
    <ol>
      {steps.map((step) => (
        <li class={`step step-${step.state}`} aria-current={step.state === "current" ? "step" : undefined}>
          {step.href && step.state === "done" ? (
            <a href={step.href}>{step.label}</a>
          ) : (
            <span>{step.label}</span>
          )}
        </li>
      ))}
    </ol>
  </nav>
);
