'use client';

import type { PullRequestView, ReviewComment } from '@clawtank/contracts';
import { useState } from 'react';

export interface ReviewDraft {
  readonly comments: readonly ReviewComment[];
  put(comment: ReviewComment): void;
  drop(path: string, line: number): void;
  clear(): void;
}

const keyOf = ({ number, head_sha }: PullRequestView): string => `clawtank.review.${number}.${head_sha}`;

function stored(key: string): readonly ReviewComment[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as readonly ReviewComment[];
  } catch {
    return [];
  }
}

/** Line comments that wait to be sent as one review. They outlive a reload; a new head begins anew. */
export function useReviewDraft(pull: PullRequestView): ReviewDraft {
  const key = keyOf(pull);
  const [comments, setComments] = useState(() => stored(key));
  const keep = (next: readonly ReviewComment[]): void => {
    setComments(next);
    sessionStorage.setItem(key, JSON.stringify(next));
  };
  const others = (path: string, line: number) =>
    comments.filter((comment) => comment.path !== path || comment.line !== line);
  return {
    comments,
    put: (comment) => keep([...others(comment.path, comment.line), comment]),
    drop: (path, line) => keep(others(path, line)),
    clear: () => keep([]),
  };
}
