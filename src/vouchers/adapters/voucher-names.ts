import { base32 } from "#kernel";
import { sha256 } from "#platform";
import { cleanCustomer, makeSecretCode, storeCreditId } from "../domain/codes.ts";
import { SECRET_CODE_CHARACTERS } from "../domain/limits.ts";

/** 160 bits of SHA-256 as 32 characters. A code has 100 random bits, so a plain hash gives nothing away. */
export const hashCode = async (code: string): Promise<string> =>
  base32(await sha256(`kerbside voucher ${code}`));

/** A new secret code from the platform's randomness. */
export const mintSecretCode = (): string =>
  makeSecretCode(crypto.getRandomValues(new Uint8Array(SECRET_CODE_CHARACTERS)));

/** The one credit of a customer. */
export const creditIdOf = async (email: string): Promise<string> =>
  storeCreditId(base32(await sha256(`kerbside customer ${cleanCustomer(email)}`)));
