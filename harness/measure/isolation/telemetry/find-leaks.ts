/** Finds what must not be in a text that operators read: data of tenants, and secrets in the forms that this system gives them. */

/** Named by what they find; what is found is never shown. */
const forms: readonly [what: string, form: RegExp][] = [
  ["a tenant's canary", /cnry_[0-9a-f]{12}/],
  ['an e-mail address of a user', /[\w.+-]+@[\w-]+\.example\b/],
  ['a session token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/],
  ['a cookie', /alphapulse_session=/],
  ['a token of Vault', /\bhv[sbr]\.[\w-]{20,}/],
  ['a ciphertext of Vault', /\bvault:v\d+:[\w+/=]{8,}/],
  ['a password hash', /\$argon2id?\$/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/],
];

export const leakForms: readonly string[] = forms.map(([what]) => what);

/** Names of the forms that the text holds. */
export function findLeaks(text: string): string[] {
  return forms.flatMap(([what, form]) => (form.test(text) ? [what] : []));
}
