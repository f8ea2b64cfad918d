'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

export const SPEEDS = [1, 4, 16, 60] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Player {
  readonly position: number;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly seek: (position: number) => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: Speed) => void;
}

/** A position that runs through `length` milliseconds while it plays. */
export function usePlayer(length: number, first: number): Player {
  const [position, setPosition] = useState(first);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(16);
  const last = useRef(0);
  useEffect(() => {
    if (!playing) return;
    last.current = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const passed = (now - last.current) * speed;
      last.current = now;
      setPosition((before) => Math.min(length, before + passed));
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, length]);
  const over = playing && position >= length;
  useEffect(() => {
    if (over) setPlaying(false);
  }, [over]);
  const seek = useCallback((to: number) => setPosition(Math.min(Math.max(0, to), length)), [length]);
  const toggle = useCallback(() => {
    setPlaying((was) => !was);
    setPosition((before) => (before >= length ? 0 : before));
  }, [length]);
  return { position, playing, speed, seek, toggle, setSpeed };
}
