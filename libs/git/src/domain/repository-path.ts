import { fail } from './failures.js';

const MAX_PATH_BYTES = 1_024;
const MAX_SEGMENT_BYTES = 255;

/** Code points that HFS+ ignores in names (git's `next_hfs_char`), so that `.g\u200cit` would be `.git` there. */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Names by which NTFS or HFS+ would reach `.git`: short name, alternate stream, trailing dots and spaces. */
function meansDotGit(segment: string): boolean {
  const plain = segment.replace(HFS_IGNORED, '').toLowerCase();
  const ntfs = plain.split(':')[0]?.replace(/[. ]+$/, '') ?? '';
  return ntfs === '.git' || ntfs === 'git~1';
}

/** Why a path may not be written into a repository; undefined when it may. */
export function whyNotRepositoryPath(path: string): string | undefined {
  if (path.length === 0) return 'is empty';
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `is longer than ${MAX_PATH_BYTES} bytes`;
  if (Buffer.from(path).toString() !== path) return 'is not valid UTF-8';
  if (hasControlCharacter(path)) return 'holds a control character';
  if (path.includes('\\')) return 'holds a backslash';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  for (const segment of path.split('/')) {
    if (segment === '') return 'has an empty segment';
    if (segment === '.' || segment === '..') return 'has a . or .. segment';
    if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
      return `has a segment over ${MAX_SEGMENT_BYTES} bytes`;
    if (meansDotGit(segment)) return 'reaches into .git';
  }
  return undefined;
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** Throws `git.invalid_path` for a path that may not be written. */
export function checkRepositoryPath(path: string): void {
  const why = whyNotRepositoryPath(path);
  if (why) throw fail('git.invalid_path', { path: path.slice(0, 200), why });
}
