'use client';

import type { NotificationView, Page } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { textOf } from '../forms/text-of';
import { useClient, useRead } from '../session/use-session';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { toastError } from '../ui/toasts';
import { WAITING } from './waiting';

/** An agent's question, answered on the spot: one of what it offers, or words of one's own. */
export function Answer({ roomId, questionId }: { roomId: string; questionId: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const questions = useRead('questions.list', { room_id: roomId }, { enabled: open });
  const question = questions.data?.items.find(({ question_id }) => question_id === questionId);
  const give = async (answer: string): Promise<void> => {
    setBusy(true);
    try {
      await client.rest.command('agent.answer', { question_id: questionId, answer });
      setOpen(false);
      // The server settles it a moment after it took the answer.
      queries.setQueryData<Page<NotificationView>>(
        ['notifications.list', WAITING],
        (list) =>
          list && {
            ...list,
            items: list.items.filter(({ subject }) => subject !== `question:${questionId}`),
          },
      );
    } catch (error) {
      toastError(error, 'The answer was not taken');
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Answer</Button>
      <Dialog open={open} onOpenChange={setOpen} title="An agent asks" says={question?.text}>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            void give(textOf(new FormData(event.currentTarget), 'answer').trim());
          }}
        >
          {question && question.options.length > 0 && (
            <div className="row options">
              {question.options.map((option) => (
                <Button key={option} disabled={busy} onClick={() => void give(option)}>
                  {option}
                </Button>
              ))}
            </div>
          )}
          <TextField label="In your own words" name="answer" required maxLength={2_000} />
          <div className="row">
            <Button kind="primary" type="submit" busy={busy} className="end">
              Send the answer
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
