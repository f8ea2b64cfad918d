// Exit code 0 when this container's process answers the given path with success.
const [path] = process.argv.slice(2);
const response = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, {
  signal: AbortSignal.timeout(2_500),
});
process.exit(response.ok ? 0 : 1);
