import * as shortcut from '../../../server/src/kernel/app-error.ts';

export const taken = shortcut;
