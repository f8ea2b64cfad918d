import { thing } from '@clawtank/chat';
import { thing as http } from '@clawtank/http';
import { thing as reputation } from '@clawtank/reputation';

export const modules = [thing, http, reputation];
