import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import classes from './title.module.css';
import type { StoryEntry } from './titles-data.ts';

/** The rule, the facts as place – value – how and when known, and who asked. */
export function WhyFacts({ why, about }: Readonly<{ why: StoryEntry['why']; about: string }>) {
  const say = useWords('titles');
  const times = useTimes();
  return (
    <div className={classes.why}>
      <p>
        <strong>{about}</strong>
      </p>
      <p className="small muted">{say('why.rule', { rule: why.rule })}</p>
      <dl>
        {why.facts.map((fact, index) => (
          // The same place can say the same twice, at another time.
          <div key={`${fact.place} ${fact.value} ${fact.at ?? ''} ${index.toString()}`}>
            <dt>{fact.place}</dt>
            <dd>
              {fact.value}
              <span className="small faint">
                {fact.at === null ? fact.how : say('why.known', { how: fact.how, at: times.exact(fact.at) })}
              </span>
            </dd>
          </div>
        ))}
        <div>
          <dt>{say('why.askedBy')}</dt>
          <dd>{why.asked_by}</dd>
        </div>
      </dl>
    </div>
  );
}
