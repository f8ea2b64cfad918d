/** What came of `work`, or undefined when it failed or took longer: for whoever asks about something that may be away. */
export async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  const tried = work().catch(() => undefined);
  try {
    return await Promise.race([tried, late]);
  } finally {
    clearTimeout(timer);
  }
}
