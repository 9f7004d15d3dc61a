export { peopleMigrations } from './people.schema.store.ts';
export { bringBack, type Person, readPerson } from './people.store.ts';
export { createPeople, MAIN_PERSON, type People, type PeopleDeps, type PersonRemoval } from './people.ts';
