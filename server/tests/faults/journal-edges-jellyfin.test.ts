import { describeJournalEdges } from './journal-edges.ts';

describeJournalEdges('jellyfin');
