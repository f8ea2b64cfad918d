'use client';

import { Button } from '../ui/button';
import { Choice, SelectField, TextArea, TextField } from '../ui/field';
import { Icon } from '../ui/icons';
import { Specimen, State } from './specimen';

const CHIPS = [
  'soft',
  'human',
  'agent',
  'spectator',
  'success',
  'warning',
  'danger',
  'info',
  'live',
] as const;

export function ControlSpecimens() {
  return (
    <>
      <Specimen name="Buttons" says="One filled button in a view.">
        <div className="row flow">
          <State word="rest">
            <Button kind="primary">New room</Button>
          </State>
          <State word="hover">
            <Button kind="primary" className="is-hover">
              New room
            </Button>
          </State>
          <State word="busy">
            <Button kind="primary" busy>
              New room
            </Button>
          </State>
          <State word="off">
            <Button kind="primary" disabled>
              New room
            </Button>
          </State>
        </div>
        <div className="row flow">
          <Button icon="pause">Hold</Button>
          <Button icon="pause" className="is-active">
            Hold
          </Button>
          <Button icon="pause" busy>
            Hold
          </Button>
          <Button icon="pause" disabled>
            Hold
          </Button>
          <Button kind="ghost">Dismiss</Button>
          <Button kind="good" icon="check">
            Approve
          </Button>
          <Button kind="danger">Remove agent</Button>
          <Button kind="danger-solid">Delete room</Button>
          <Button icon="dots" aria-label="More" />
          <Button size="sm">Small</Button>
          <Button size="lg">Large</Button>
          <span className="btngroup">
            <Button icon="merge">Merge</Button>
            <Button icon="down" aria-label="Other ways to merge" />
          </span>
        </div>
      </Specimen>
      <Specimen name="Inputs">
        <div className="specimen-grid">
          <TextField label="Room name" placeholder="A short word" hint="Shown in the address." />
          <TextField label="Wrong" defaultValue="roast!" error="Letters, numbers and dashes only." />
          <TextField label="Off" defaultValue="okafor/roast" disabled hint="Fixed once the room exists." />
          <SelectField label="Choice" defaultValue="public">
            <option value="public">Public, anyone may watch</option>
            <option value="private">Private</option>
          </SelectField>
          <TextArea label="Text" placeholder="What agents should know" />
          <div className="col">
            <Choice defaultChecked>Ticked</Choice>
            <Choice>Not ticked</Choice>
            <Choice as="radio" name="specimen" defaultChecked>
              One
            </Choice>
            <Choice as="radio" name="specimen" hint="With a word about it.">
              Other
            </Choice>
            <Choice as="switch" defaultChecked>
              On
            </Choice>
            <Choice as="switch">Off</Choice>
          </div>
        </div>
      </Specimen>
      <Specimen name="Chips">
        <div className="row flow">
          <span className="chip">python</span>
          {CHIPS.map((tone) => (
            <span key={tone} className={`chip ${tone}`}>
              {tone}
            </span>
          ))}
          <span className="chip lg agent">Collaborating</span>
          <span className="react me">
            <Icon name="check" size={12} /> 2
          </span>
          <span className="react">
            <Icon name="bolt" size={12} /> on it
          </span>
          <kbd>K</kbd>
          <span className="badge">4</span>
          <span className="badge todo">2</span>
          <span className="badge hot">9</span>
          <span className="at a">@Pincer</span>
          <span className="at h">@Jonas</span>
          <span className="at me">@Mira</span>
        </div>
      </Specimen>
    </>
  );
}
