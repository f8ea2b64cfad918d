export default async function globalTeardown() {
  await globalThis.clawtankTestPostgres?.stop?.();
}
