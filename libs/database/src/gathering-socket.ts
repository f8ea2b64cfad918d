import { Socket } from 'node:net';

/** A socket that sends what is written in one go in one go: a system call for many statements instead of one each. */
export function gatheringSocket(): Socket {
  const socket = new Socket();
  // Connecting puts a socket's own `write` back in its place.
  return socket.once('connect', () => gather(socket));
}

function gather(socket: Socket): void {
  const write = socket.write.bind(socket);
  let gathering = false;
  const gathered = (...given: Parameters<Socket['write']>): boolean => {
    if (!gathering) {
      gathering = true;
      socket.cork();
      process.nextTick(() => {
        gathering = false;
        socket.uncork();
      });
    }
    return write(...given);
  };
  Object.assign(socket, { write: gathered });
}
