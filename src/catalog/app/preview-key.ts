import { equalConstantTime, secretName } from "#platform";

/** How long a link to a draft can be opened, in milliseconds: an afternoon of reading and sending it round. */
export const PREVIEW_TTL_MS = 4 * 60 * 60 * 1000;

const nameOf = (secret: string, handle: string, untilMs: number): Promise<string> =>
  secretName(secret, `preview\n${handle}\n${untilMs}`);

/** The key that opens one product's draft until an instant, whoever shows it. */
export const previewKey = async (secret: string, handle: string, untilMs: number): Promise<string> =>
  `${untilMs}.${await nameOf(secret, handle, untilMs)}`;

/** Whether a key is one of ours, for this product, and not over. */
export async function isPreviewKey(
  secret: string,
  { handle, key, nowMs }: { readonly handle: string; readonly key: string; readonly nowMs: number },
): Promise<boolean> {
  const [until = "", name = ""] = /^(\d{13})\.(\w{32})$/.exec(key)?.slice(1) ?? [];
  if (until === "" || nowMs >= Number(until)) return false;
  return equalConstantTime(name, await nameOf(secret, handle, Number(until)));
}
