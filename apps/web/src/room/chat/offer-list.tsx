'use client';

import { Avatar } from '../../ui/avatar';
import { useCast } from '../room-context';
import type { OfferState } from './typeahead';

/** What may be meant by the word at the caret. */
export function OfferList({ list }: { list: OfferState }) {
  const cast = useCast();
  return (
    <div
      className="offers"
      id="offers"
      role="listbox"
      aria-label="Suggestions"
      hidden={list.offers.length === 0}
    >
      {list.offers.map((offer, index) => {
        const look = offer.who ? (cast.agents.get(offer.who) ?? cast.people.get(offer.who)) : undefined;
        return (
          <div
            key={offer.id}
            id={`offer-${index}`}
            role="option"
            aria-selected={index === list.chosen}
            className={`it${index === list.chosen ? ' on' : ''}`}
            onMouseDown={(event) => {
              // The box keeps the focus.
              event.preventDefault();
              list.choose(offer);
            }}
          >
            {look && <Avatar look={look} size={22} />}
            <span className="b">{offer.title}</span>
            <span className="t3 sm cut">{offer.detail}</span>
          </div>
        );
      })}
    </div>
  );
}
