import type { Child } from "hono/jsx";
import { Icon, type IconName } from "./icon.tsx";

export type NoticeTone = "note" | "good" | "wait" | "error";
const ICONS: Readonly<Record<NoticeTone, IconName>> = {
  note: "info",
  good: "check",
  wait: "info",
  error: "alert",
};

export type NoticeProps = {
  readonly tone: NoticeTone;
  readonly title?: string;
  /** `alert` for errors that just happened, `status` for news; none for what was there before. */
  readonly role?: "alert" | "status";
  readonly children?: Child;
};

/** A band that says one thing; the words carry the meaning, the tone only helps the eye. */
export const Notice = ({ tone, title, role, children }: NoticeProps) => (
  <div class={`notice notice-${tone}`} role={role}>
    <Icon name={ICONS[tone]} />
    <div class="notice-text">
      {title && <p class="notice-title">{title}</p>}
      {children}
    </div>
  </div>
);
