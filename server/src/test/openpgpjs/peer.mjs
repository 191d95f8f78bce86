// OpenPGP.js as a person uses it:
//   node peer.mjs generate ADDRESS SECRET-KEY CERTIFICATE   makes a key by its defaults
//   node peer.mjs open SECRET-KEYS MESSAGE [CERTIFICATE]    writes what a message says; with a certificate only if its owner signed it
import { readFile, writeFile } from 'node:fs/promises';
import { decrypt, generateKey, readKey, readMessage, readPrivateKeys } from 'openpgp';

async function generate(address, secretKey, certificate) {
  const { privateKey, publicKey } = await generateKey({ userIDs: [{ email: address }], format: 'binary' });
  await writeFile(secretKey, privateKey);
  await writeFile(certificate, publicKey);
}

async function message(file) {
  const octets = await readFile(file);
  return octets[0] >= 0x80
    ? readMessage({ binaryMessage: octets })
    : readMessage({ armoredMessage: octets.toString('latin1') });
}

async function open(secretKeys, file, certificate) {
  const { data, signatures } = await decrypt({
    message: await message(file),
    decryptionKeys: await readPrivateKeys({ binaryKeys: await readFile(secretKeys) }),
    verificationKeys: certificate ? [await readKey({ binaryKey: await readFile(certificate) })] : [],
    format: 'binary',
  });
  if (certificate) {
    if (signatures.length !== 1) {
      throw new Error(`${signatures.length} signatures`);
    }
    // Rejected unless the signature is good.
    await signatures[0].verified;
  }
  process.stdout.write(data);
}

const [what, ...files] = process.argv.slice(2);
await { generate, open }[what](...files);
