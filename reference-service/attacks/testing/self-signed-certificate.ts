/** Makes a key and a certificate for this machine, signed by itself: so that no key is ever in the repository. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

// Tags of DER (ITU-T X.690) and object identifiers, encoded (RFC 5280, RFC 5758).
const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  text: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
};
const versionTag = 0xa0;
const extensionsTag = 0xa3;
const nameTag = 0x82;
const addressTag = 0x87;
const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex');
const commonName = Buffer.from('0603550403', 'hex');
const alternativeName = Buffer.from('0603551d11', 'hex');
const basicConstraints = Buffer.from('0603551d13', 'hex');
const loopback = Buffer.from([127, 0, 0, 1]);
const shortestLongForm = 0x80;

function der(tag: number, ...contents: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(contents.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  if (body.length < shortestLongForm) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, shortestLongForm + length.length]), length, body]);
}

/** As UTCTime, so many days from now. */
function timeIn(days: number): Buffer {
  const iso = new Date(Date.now() + days * 86_400_000).toISOString();
  return der(tags.time, `${iso.slice(2, 19).replaceAll(/[-:T]/g, '')}Z`);
}

function toPem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

export function makeCertificate(): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(tags.sequence, ecdsaWithSha256);
  const name = der(tags.sequence, der(tags.set, der(tags.sequence, commonName, der(tags.text, 'localhost'))));
  const names = der(tags.sequence, der(nameTag, 'localhost'), der(addressTag, loopback));
  const authority = der(tags.sequence, der(tags.boolean, Buffer.from([0xff])));
  const extensions = der(
    tags.sequence,
    der(tags.sequence, alternativeName, der(tags.octets, names)),
    der(tags.sequence, basicConstraints, der(tags.octets, authority)),
  );
  const certificate = der(
    tags.sequence,
    der(versionTag, der(tags.integer, Buffer.from([2]))),
    // A leading 1 keeps the random number positive.
    der(tags.integer, Buffer.from([1]), randomBytes(8)),
    algorithm,
    name,
    der(tags.sequence, timeIn(-1), timeIn(1)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(extensionsTag, extensions),
  );
  const signature = der(tags.bits, Buffer.from([0]), sign('sha256', certificate, privateKey));
  const cert = toPem('CERTIFICATE', der(tags.sequence, certificate, algorithm, signature));
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}
