import { Button, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { meQuery } from '../../api/session.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { type Approval, beginAway, finishAway, type Proved, signInHere, signInThere } from './approvals.ts';
import classes from './approve.module.css';

type ProveProps = Readonly<{
  id: string;
  offers: Approval['sign_in'];
  /** Whether the sign-in of this house is what is offered first. */
  isHere: boolean;
  proved(who: Proved): void;
  signedIn(): void;
}>;

const HERE = 'here';

/** Signing in at a page of a vendor's: it opens in a window of its own, and this page asks whether it is done. */
function Away({ id, offer, proved }: Readonly<{ id: string; offer: Approval['sign_in'][number]; proved(who: Proved): void }>) {
  const say = useWords('approve');
  const [isWaiting, setWaiting] = useState(false);
  const begin = useMutation({ mutationFn: () => beginAway(id, offer.id) });
  const finish = useMutation({
    mutationFn: (ticket: string) => finishAway(id, ticket),
    onSuccess: (who) => (who ? proved(who) : setWaiting(true)),
  });
  const away = begin.data;
  const error = begin.error ?? finish.error;
  return (
    <Stack>
      {error && <Trouble error={error} />}
      {away === undefined ? (
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          {say('signInWith', { place: offer.title })}
        </Button>
      ) : (
        <>
          <a className={classes.away} href={away.url} target="_blank" rel="noreferrer">
            {say('openAway', { place: away.title })}
          </a>
          <Button loading={finish.isPending} onClick={() => finish.mutate(away.ticket)}>
            {say('doneAway', { place: away.title })}
          </Button>
          {isWaiting && <p role="status">{say('waitingAway', { place: away.title })}</p>}
        </>
      )}
    </Stack>
  );
}

/** Who decides: by the password of this house, or by an account on one of its servers. */
export function Prove({ id, offers, isHere, proved, signedIn }: ProveProps) {
  const say = useWords('approve');
  const queries = useQueryClient();
  const byPassword = offers.filter(({ how }) => how === 'password');
  const [place, setPlace] = useState(isHere ? HERE : (byPassword[0]?.id ?? HERE));
  const signIn = useMutation({
    mutationFn: async ({ username, password }: Readonly<{ username: string; password: string }>) => {
      if (place !== HERE) return signInThere(id, place, username, password);
      await signInHere(username, password);
      await queries.resetQueries({ queryKey: meQuery.queryKey });
      return undefined;
    },
    onSuccess: (who) => (who ? proved(who) : signedIn()),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    signIn.mutate({ username: String(given.get('username')), password: String(given.get('password')) });
  };
  return (
    <Stack>
      <h2>{say('who')}</h2>
      <form onSubmit={send}>
        <Stack>
          {byPassword.length > 0 && (
            <NativeSelect
              label={say('account')}
              value={place}
              onChange={(event) => setPlace(event.currentTarget.value)}
              data={[{ value: HERE, label: say('accountHere') }, ...byPassword.map((offer) => ({ value: offer.id, label: offer.title }))]}
            />
          )}
          <TextInput label={say('name')} name="username" autoComplete="username" required withAsterisk={false} />
          <PasswordInput
            label={say('password')}
            name="password"
            autoComplete="current-password"
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': say('showPassword'), tabIndex: 0 }}
          />
          {signIn.error && <Trouble error={signIn.error} />}
          <Button type="submit" variant="filled" loading={signIn.isPending}>
            {say('signIn')}
          </Button>
        </Stack>
      </form>
      {offers
        .filter(({ how }) => how === 'browser')
        .map((offer) => (
          <Away key={offer.id} id={id} offer={offer} proved={proved} />
        ))}
    </Stack>
  );
}
