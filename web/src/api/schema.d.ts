// Made by `npm run api-client` from the description of the server; do not edit it.
export interface paths {
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether somebody owns this house */
        get: operations["app.getSetup"];
        put?: never;
        /** Create the owner, once, with the code that the server printed */
        post: operations["app.setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: operations["app.getMe"];
        put?: never;
        /** Sign in: a token for 48 hours, sent as Authorization: Bearer */
        post: operations["app.signIn"];
        /** Sign out, everywhere: tokens are not kept here, so all of this login end together */
        delete: operations["app.signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/browser": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in a browser: the token goes into a cookie that no script can read, and never into the answer */
        post: operations["app.signInBrowser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the house is doing, in numbers */
        get: operations["app.getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every media server that is known */
        get: operations["app.listServers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts on media servers, with their health and what waits for them */
        get: operations["app.listAccounts"];
        put?: never;
        /** Add an account. It is read, and written to only after its plan was approved */
        post: operations["app.addAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account */
        get: operations["app.getAccount"];
        put?: never;
        post?: never;
        /** Remove an account. Everything that was watched stays in the history */
        delete: operations["app.removeAccount"];
        options?: never;
        head?: never;
        /** Change an account; what is left out stays */
        patch: operations["app.changeAccount"];
        trace?: never;
    };
    "/api/v1/accounts/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the server whether it is there, is the same, and takes the token */
        post: operations["app.testAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the server sends its events, and how to tell it */
        get: operations["app.getWebhook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/webhook/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new address for its events; the former is worth nothing from now on */
        post: operations["app.rotateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/pushes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits to be told to it */
        get: operations["app.getPushes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/pushes/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try what waits again now */
        post: operations["app.retryPushes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in at a server or its vendor, for a connection: by name and password, or by agreeing elsewhere */
        post: operations["app.beginSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/sign-ins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the person has agreed yet, and which servers they may reach */
        get: operations["app.getSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try what is in a form, step by step. Nothing is stored, and nothing is changed there */
        post: operations["app.checkConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections whose server does not answer yet */
        get: operations["app.listWaitingConnections"];
        put?: never;
        /** Add an account, and where its server is silent keep it to be tried again. A server that refuses is refused here */
        post: operations["app.addConnectionOrWait"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/waiting/{id}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask its server again now */
        post: operations["app.tryWaitingConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/waiting/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Do not wait for it any more */
        delete: operations["app.removeWaitingConnection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the demo household is here, and whether it may come */
        get: operations["app.getDemo"];
        put?: never;
        /** Has the demo household come: three people, three servers. Only where nothing is connected and nothing is known */
        post: operations["app.beginDemo"];
        /** Takes away all that came with the demo household */
        delete: operations["app.endDemo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The household, or oneself */
        get: operations["app.listPeople"];
        put?: never;
        /** Add a person */
        post: operations["app.addPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a person, by name, with all that is only theirs */
        delete: operations["app.removePerson"];
        options?: never;
        head?: never;
        /** Change what a person is shown as; the name itself stays */
        patch: operations["app.renamePerson"];
        trace?: never;
    };
    "/api/v1/logins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may sign in */
        get: operations["app.listLogins"];
        put?: never;
        /** Let somebody sign in */
        post: operations["app.addLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logins/{id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change what somebody may do */
        put: operations["app.setRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logins/{id}/scopes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep somebody of the role `person` from some of what that role may */
        put: operations["app.setScopes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logins/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give somebody a new password. Their sessions end */
        put: operations["app.setPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one’s own password. All sessions end, this one too */
        put: operations["app.changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a sign-in for good */
        delete: operations["app.removeLogin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys, revoked ones included; never the keys themselves */
        get: operations["app.listKeys"];
        put?: never;
        /** A new key, shown this once. It never may more than its maker */
        post: operations["app.addKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key */
        delete: operations["app.revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plans, newest first */
        get: operations["app.listPlans"];
        put?: never;
        /** Read the accounts that wait for their first plan, and store what would change */
        post: operations["app.proposePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A plan with its changes, page by page */
        get: operations["app.getPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A plan in numbers: by place, by reason, its guards, and what came of it */
        get: operations["app.reviewPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The changes of a plan title by title, with a cell for each place */
        get: operations["app.listPlanRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Leave changes out of a plan that waits, or take them in again. What rests on them follows */
        patch: operations["app.leaveOutOfPlan"];
        trace?: never;
    };
    "/api/v1/plans/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry the plan out as it was shown */
        post: operations["app.approvePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do nothing of it */
        post: operations["app.rejectPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each account: its last run, its next, and the plan that waits for an answer */
        get: operations["app.getSync"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has run, newest first */
        get: operations["app.listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run */
        get: operations["app.getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the house does by the clock: when it ran last, how long it took, what came of it, and when it runs next */
        get: operations["app.listTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task */
        get: operations["app.getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** When it runs, whether it does, and what it is told */
        patch: operations["app.changeTask"];
        trace?: never;
    };
    "/api/v1/tasks/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its runs, newest first, each with what came of it */
        get: operations["app.listTaskRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run it now, for a person and an account, or for all */
        post: operations["app.runTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Work that waits, runs and has ended, newest first */
        get: operations["app.listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job with its log */
        get: operations["app.getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel what waits, and stop what runs */
        post: operations["app.cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Work as it goes, and what has changed, as server-sent events
         * @description `job`: a job waits, runs, has moved or ended (the shape JobMoved). First come those that wait and run.
         *
         *     `ready`: all that is open has been told. `{resumed}`: nothing was missed since the id that was given.
         *
         *     `changed`: `{topics}` are to be read again by whoever shows them.
         *
         *     `reload`: something was missed that cannot be told again; whatever is shown is to be read again.
         *
         *     `ping`: a sign of life, every 15 seconds.
         *
         *     A listener that comes back sends the last id in the header Last-Event-ID, as browsers do, or as `after`.
         */
        get: operations["app.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for a decision, what was done and comes next, and how the places stand. A part that cannot be read says so */
        get: operations["app.home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Titles that are told to be the same file. Kept for 30 minutes unless looked for anew */
        get: operations["app.listDuplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/duplicates/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merge what was found last into the fullest record of each file. Each merge can be split again */
        post: operations["app.mergeDuplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/parity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Titles that fewer places tell of than there are, or than `min` */
        get: operations["app.listParity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/parity/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take titles that fewer than `min` places tell of out of the history, into the bin */
        post: operations["app.removeBelowParity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/integrity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Titles whose files are not where they are told to be. Kept for an hour unless looked for anew */
        get: operations["app.listBroken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/accounts/{id}/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The libraries that the account’s server shows it */
        get: operations["app.listAccountLibraries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/accounts/{id}/unmatched": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items without any id that another server could know them by. The server is read now */
        get: operations["app.listUnmatched"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/accounts/{id}/mismatched": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Titles whose files are called something else. The server is read now */
        get: operations["app.listMismatched"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/accounts/{id}/libraries/{library}/stale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is believed to be in a library, and its server does not list. The listing is kept for ten minutes */
        get: operations["app.listStale"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/diagnostics/accounts/{id}/libraries/{library}/stale/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take what the account said of these titles out of the history, into the bin. Only what is stale now goes */
        post: operations["app.removeStale"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened within the last hour, and what still waits for a part of the house; newest first */
        get: operations["app.listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a part of the house refused as often as it was offered, oldest first */
        get: operations["app.listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/dead-letters/revive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offer it anew */
        post: operations["app.reviveEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/dead-letters/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give it up */
        post: operations["app.discardEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was changed on other servers, newest first: what was there before, what was wanted, and what came of it */
        get: operations["app.listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of the log, from any moment in either direction */
        get: operations["app.listLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lines of the log as they are written, as server-sent events
         * @description Each `line` is one of GET /logs. A listener that comes back sends the last id as Last-Event-ID, or as `place`.
         */
        get: operations["app.followLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conflicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Titles whose ids contradict each other, for a person to settle */
        get: operations["app.listConflicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conflicts/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say which title it is, or that it is none of them, one, or two */
        post: operations["app.settleConflict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's titles, newest change first */
        get: operations["app.listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The story of one title: what each account says, and every play */
        get: operations["app.getHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries that became one, newest first */
        get: operations["app.listMerges"];
        put?: never;
        /** Say that two entries are one title: `from` becomes `into`, and can be split again */
        post: operations["app.mergeTitles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/merges/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a merge back. The two are held apart from then on */
        post: operations["app.splitMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}/poster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The poster of a title, of an episode that of its series; 404 where nobody has one */
        get: operations["app.getTitlePoster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings of the house, of a person (?person=) or of an account (?account=) */
        get: operations["app.listSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a setting */
        put: operations["app.setSetting"];
        post?: never;
        /** Back to the default */
        delete: operations["app.resetSetting"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who set it to what, newest first */
        get: operations["app.getSettingHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["app.listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes-in-doubt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes on servers that are under way, or of which nobody can tell whether they were made */
        get: operations["app.listDoubts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be brought back */
        get: operations["app.listBin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bin/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring it back */
        post: operations["app.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/moving-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what would be taken from the data folder of another program, or take it */
        post: operations["app.moveIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what a portable backup would bring back into a history, or bring it back */
        post: operations["app.restoreBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/moving-in/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a run took, and everything that it did not take */
        get: operations["app.getMovingReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Portable backups, newest first */
        get: operations["app.listBackups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history-files/formats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which exports can be read */
        get: operations["app.listHistoryFormats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history-files/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole history of a person, in our own form */
        get: operations["app.exportHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand over an export (a form with its files, packed or not) and see what it would bring */
        post: operations["app.uploadHistory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history-files/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take what a run has shown */
        post: operations["app.applyHistory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history-files/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What such a run would bring or has brought, and what it left */
        get: operations["app.getHistoryReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-desks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Seerr and its kin */
        get: operations["app.listRequestDesks"];
        put?: never;
        /** Add a Seerr */
        post: operations["app.addRequestDesk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-desks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a Seerr. Nothing is changed there */
        delete: operations["app.removeRequestDesk"];
        options?: never;
        head?: never;
        /** Change what is given. Another address needs its key with it */
        patch: operations["app.changeRequestDesk"];
        trace?: never;
    };
    "/api/v1/request-replication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the replication goes, and its options */
        get: operations["app.replication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set the options given, by the names that their users know: all of them, or none */
        patch: operations["app.setReplicationOptions"];
        trace?: never;
    };
    "/api/v1/request-replication/failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was tried in vain */
        get: operations["app.failedRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again now what was tried in vain, and what nobody could tell */
        post: operations["app.retryRequests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that is ours on a subordinate, the newest of the primary first */
        get: operations["app.replicatedRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the next cycle would do. Desks are read, nothing is changed */
        get: operations["app.previewReplication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is not the same on a subordinate, and why */
        get: operations["app.replicationDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over a dumb_config.json, then a seerr_sync_state.json. Safe to run twice */
        post: operations["app.importReplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the primary post its events here */
        post: operations["app.setUpReplicationWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/start-anew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget the requests of the primary, and read them anew: for a primary that was set up anew. Nothing is changed on any desk */
        post: operations["app.startReplicationAnew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people asked for, newest first; of oneself, or of everybody for who may act as anyone */
        get: operations["app.listRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/where": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the requests of a title stand on each subordinate, and why. No desk is asked */
        get: operations["app.whereIsRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-desks/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asked for something on a desk, which of our people that is, and how that is known */
        get: operations["app.listDeskUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-desks/{id}/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say who somebody is; null leaves it to what their accounts tell */
        put: operations["app.setDeskUser"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where requests stand on each instance, newest first; of oneself, or of everybody. No desk is asked */
        get: operations["app.requestMatrix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request, and where it stands on each instance */
        get: operations["app.getRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-replication/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A cycle as soon as may be. What it would do is the preview */
        post: operations["app.runReplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the source of metadata was asked about what is tracked */
        get: operations["app.getMetadata"];
        put?: never;
        post?: never;
        /** Forget what the source told; it is asked for again at the next run */
        delete: operations["app.forgetMetadata"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether the source of metadata takes the key of the settings */
        post: operations["app.checkMetadataKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/anime/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mapping files that are loaded */
        get: operations["app.listAnimeMappings"];
        put?: never;
        /** Show what a mapping file would change, or load it; the job has the report */
        post: operations["app.importAnimeMapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/anime/mappings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget the mapping of a format */
        delete: operations["app.forgetAnimeMapping"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/anime/coordinates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an episode of anime is in the other numbering: of TVDB for an id of an anime site, and the other way round */
        get: operations["app.getAnimeCoordinates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trackers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts at trackers */
        get: operations["app.listTrackers"];
        put?: never;
        /** Connect an account: by a code that the person types there, or with redirect_uri by a page of consent */
        post: operations["app.addTracker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trackers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them */
        get: operations["app.getTracker"];
        put?: never;
        post?: never;
        /** Disconnect: end the grant there, and forget what is known of it. Neither library changes */
        delete: operations["app.removeTracker"];
        options?: never;
        head?: never;
        /** Switch on and off. What is switched on anew has its first plan shown before anything is written */
        patch: operations["app.changeTracker"];
        trace?: never;
    };
    "/api/v1/trackers/{id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Once more, where a code is over or a grant has ended */
        post: operations["app.inviteTracker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trackers/{id}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether the person has agreed by now; with what the page of consent sent the browser back with */
        post: operations["app.connectTracker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trackers/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sync now */
        post: operations["app.runTracker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trackers/{id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it would not take, or has not shown yet */
        get: operations["app.listTrackerOpen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Apps that are known here: registered, or approved by somebody */
        get: operations["app.listApps"];
        put?: never;
        /** Register an app beforehand. Without a client_id one is made */
        post: operations["app.addApp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget an app, with all that people have let it do. What it told stays in their history */
        delete: operations["app.removeApp"];
        options?: never;
        head?: never;
        /** Change how an app is known, or block it. A client_secret of null takes the next one that the app shows */
        patch: operations["app.changeApp"];
        trace?: never;
    };
    "/api/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which apps were let in, newest first, revoked ones included; never their tokens */
        get: operations["app.listGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Send an app away: its tokens are worth nothing from now on */
        delete: operations["app.revokeGrant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A window of the movies and shows that match, as one person sees them */
        get: operations["app.listTitles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many titles match, and how many of them each further filter would leave */
        get: operations["app.countTitles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A movie or show: names, ids, where it stands for whom, seasons, requests */
        get: operations["app.getTitle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}/seasons/{season}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The episodes of a season, and who stands where with each */
        get: operations["app.getSeason"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}/story": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to a title on one time line, newest first, and what waits to; each with its reason */
        get: operations["app.getStory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/marks/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What marking titles, a season or an episode would change, here and on each place. Nothing is changed */
        post: operations["app.showMarks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark titles, a season or an episode as watched or not. The person’s places are told afterwards */
        post: operations["app.markTitles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a movie or an episode can be played from here, where the person stopped, and where it will be recorded */
        get: operations["app.listPlayable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/play/begun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a person can go on with, the last one first */
        get: operations["app.listBegun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/play": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start playing a file of a title: a playlist for this browser, for a day */
        post: operations["app.startPlaying"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/play/{token}/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its playlists, segments and subtitles */
        get: operations["app.getPlayed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/play/{token}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How far the person has come: it is kept as their own viewing, and their places are told when they pause or end */
        post: operations["app.tellProgress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an app asks for: by the id of its request, or by the short code that a device shows */
        get: operations["app.getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove who decides, with an account on a server of the household. It opens nothing else here */
        post: operations["app.signInForApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/sign-in/away": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove it at the vendor's own page instead */
        post: operations["app.beginSignInAway"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/sign-in/away/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether they have signed in there by now */
        post: operations["app.finishSignInAway"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the app in, or refuse it. It can be answered once */
        post: operations["app.decideApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/library": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A window of a person's library. What a sort has nothing for comes last */
        get: operations["app.listLibrary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/library/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much is on each list, and how often each rating was given */
        get: operations["app.countLibrary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/library/up-next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The next episode of each show that is being watched, and those that are announced */
        get: operations["app.listUpNext"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which version this is, and where it keeps what */
        get: operations["app.getAbout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/who-is-who": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The users of each server: whose they are, or who they may be, with the evidence. Servers are asked at most every five minutes */
        get: operations["app.getWhoIsWho"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/who-is-who/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whose a user of a server is. They get an account there; nothing is written to it before its first plan was approved */
        post: operations["app.joinUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep the PIN of its user, once the vendor has taken it. It is never shown again */
        put: operations["app.setPin"];
        post?: never;
        /** Forget the PIN of its user */
        delete: operations["app.forgetPin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the users of the servers of `main` would become, by the mapping and then by name */
        get: operations["app.previewProvisioning"];
        put?: never;
        /** Accounts for everybody who is matched. Only shows unless dry_run is false; nobody’s history is touched */
        post: operations["app.provision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said of who is who, without PINs */
        get: operations["app.getMapping"];
        /** Say who is who. A PIN that is not named stays as it is kept */
        put: operations["app.setMapping"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring linked accounts in line with those that they were made from. Only shows unless dry_run is false */
        post: operations["app.followLinks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a person watched on which day, newest first. What was watched on no known day is not here */
        get: operations["app.listPlays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/library/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What it all comes to, by shelf and list. A title of unknown length counts no minutes */
        get: operations["app.getLibraryStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/library/stats/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was played in each of the latest days, months or years of a time zone, oldest first */
        get: operations["app.getLibraryChart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which list a person has it on, their rating and memo, and how far they are */
        get: operations["app.getStanding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Rate it from 1 to 10. A title that is on no list comes on one */
        put: operations["app.rateTitle"];
        post?: never;
        /** Take the rating back */
        delete: operations["app.unrateTitle"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put it on a list. What is still to air is not completed: it stays on `watching` */
        put: operations["app.listTitle"];
        post?: never;
        /** Take it off its list. What was watched of it keeps it in the library */
        delete: operations["app.unlistTitle"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/titles/{id}/memo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write a memo about it */
        put: operations["app.noteTitle"];
        post?: never;
        /** Take the memo away */
        delete: operations["app.unnoteTitle"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "app.getSetup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        has_owner: boolean;
                        code_needed: boolean;
                    };
                };
            };
        };
    };
    "app.setUp": {
        parameters: {
            query?: never;
            header?: {
                "x-setup-code"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                    setup_code?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        username: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getMe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        kind: string;
                        role: "owner" | "admin" | "person";
                        person: string | null;
                        scopes: ("read" | "sync" | "write" | "admin" | "webhook")[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.signIn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.signOut": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.signInBrowser": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getHealth": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        state: "ok" | "degraded";
                        version: string;
                        accounts: {
                            ok: number;
                            degraded: number;
                            unknown: number;
                        };
                        pushes: {
                            waiting: number;
                            failed: number;
                        };
                        jobs: {
                            pending: number;
                            running: number;
                            completed: number;
                            failed: number;
                            cancelled: number;
                        };
                        plans_waiting: number;
                        conflicts_open: number;
                        changes_in_doubt: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listServers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        type: string;
                        name: string;
                        url: string;
                        uuid: string;
                        version: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listAccounts": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        person: string;
                        server: {
                            id: number;
                            type: string;
                            name: string;
                            url: string;
                            uuid: string;
                            version: string;
                        };
                        user: {
                            id: string;
                            name: string | null;
                        };
                        import: boolean;
                        export: boolean;
                        metadata_only: boolean;
                        never_unwatch: boolean;
                        consent: "pending" | "given";
                        options: {
                            [key: string]: unknown;
                        };
                        last_import: string | null;
                        last_export: string | null;
                        health: {
                            state: "unknown" | "ok" | "degraded";
                            last_error: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                code: string;
                                message: string;
                            } | null;
                            last_event_at: string | null;
                            last_event: string | null;
                        };
                        pushes: {
                            waiting: number;
                            failed: number;
                        };
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.addAccount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    type: string;
                    url: string;
                    token?: string;
                    sign_in?: string;
                    person?: string;
                    user?: string;
                    options?: {
                        [key: string]: unknown;
                    };
                    export?: boolean;
                    import?: boolean;
                    metadata_only?: boolean;
                    never_unwatch?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        person: string;
                        server: {
                            id: number;
                            type: string;
                            name: string;
                            url: string;
                            uuid: string;
                            version: string;
                        };
                        user: {
                            id: string;
                            name: string | null;
                        };
                        import: boolean;
                        export: boolean;
                        metadata_only: boolean;
                        never_unwatch: boolean;
                        consent: "pending" | "given";
                        options: {
                            [key: string]: unknown;
                        };
                        last_import: string | null;
                        last_export: string | null;
                        health: {
                            state: "unknown" | "ok" | "degraded";
                            last_error: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                code: string;
                                message: string;
                            } | null;
                            last_event_at: string | null;
                            last_event: string | null;
                        };
                        pushes: {
                            waiting: number;
                            failed: number;
                        };
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getAccount": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        person: string;
                        server: {
                            id: number;
                            type: string;
                            name: string;
                            url: string;
                            uuid: string;
                            version: string;
                        };
                        user: {
                            id: string;
                            name: string | null;
                        };
                        import: boolean;
                        export: boolean;
                        metadata_only: boolean;
                        never_unwatch: boolean;
                        consent: "pending" | "given";
                        options: {
                            [key: string]: unknown;
                        };
                        last_import: string | null;
                        last_export: string | null;
                        health: {
                            state: "unknown" | "ok" | "degraded";
                            last_error: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                code: string;
                                message: string;
                            } | null;
                            last_event_at: string | null;
                            last_event: string | null;
                        };
                        pushes: {
                            waiting: number;
                            failed: number;
                        };
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removeAccount": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Copies of which the account had spoken */
                        references: number;
                        /** @description Never watched titles that only this account showed */
                        records: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.changeAccount": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    url?: string;
                    token?: string;
                    sign_in?: string;
                    user?: string;
                    options?: {
                        [key: string]: unknown;
                    };
                    export?: boolean;
                    import?: boolean;
                    metadata_only?: boolean;
                    never_unwatch?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        person: string;
                        server: {
                            id: number;
                            type: string;
                            name: string;
                            url: string;
                            uuid: string;
                            version: string;
                        };
                        user: {
                            id: string;
                            name: string | null;
                        };
                        import: boolean;
                        export: boolean;
                        metadata_only: boolean;
                        never_unwatch: boolean;
                        consent: "pending" | "given";
                        options: {
                            [key: string]: unknown;
                        };
                        last_import: string | null;
                        last_export: string | null;
                        health: {
                            state: "unknown" | "ok" | "degraded";
                            last_error: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                code: string;
                                message: string;
                            } | null;
                            last_event_at: string | null;
                            last_event: string | null;
                        };
                        pushes: {
                            waiting: number;
                            failed: number;
                        };
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.testAccount": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        uuid: string;
                        version: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getWebhook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                        steps: string[];
                        last_event_at: string | null;
                        last_event: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.rotateWebhook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                        steps: string[];
                        last_event_at: string | null;
                        last_event: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getPushes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        waiting: number;
                        failed: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.retryPushes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.beginSignIn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: string;
                    way: "password" | "device";
                    url?: string;
                    username?: string;
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: string;
                        state: "waiting" | "signed-in";
                        url: string | null;
                        code: string | null;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                        user: {
                            id: string | null;
                            name: string;
                        } | null;
                        servers: {
                            uuid: string;
                            name: string;
                            version: string | null;
                            owned: boolean;
                            addresses: {
                                url: string;
                                local: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getSignIn": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: string;
                        state: "waiting" | "signed-in";
                        url: string | null;
                        code: string | null;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                        user: {
                            id: string | null;
                            name: string;
                        } | null;
                        servers: {
                            uuid: string;
                            name: string;
                            version: string | null;
                            owned: boolean;
                            addresses: {
                                url: string;
                                local: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.checkConnection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: string;
                    url?: string;
                    token?: string;
                    sign_in?: string;
                    user?: string;
                    options?: {
                        [key: string]: unknown;
                    };
                    /** @description The stored connection that the form changes */
                    account?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        verdict: "ready" | "asks" | "silent" | "refused";
                        checks: {
                            check: string;
                            state: "passed" | "noted" | "asks" | "failed";
                            code: string | null;
                            message: string;
                            facts: {
                                [key: string]: unknown;
                            };
                        }[];
                        server: {
                            uuid: string;
                            name: string;
                            version: string;
                        } | null;
                        users: {
                            id: string;
                            name: string;
                            admin: boolean;
                        }[];
                        user: {
                            id: string;
                            name: string;
                        } | null;
                        libraries: {
                            id: string;
                            name: string;
                            kind: string;
                            read: boolean;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listWaitingConnections": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        person: string;
                        kind: string;
                        name: string;
                        url: string;
                        tries: number;
                        /** @description ISO 8601, UTC */
                        tried_at: string;
                        fault: {
                            code: string;
                            message: string;
                        };
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.addConnectionOrWait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    type: string;
                    url: string;
                    token?: string;
                    sign_in?: string;
                    person?: string;
                    user?: string;
                    options?: {
                        [key: string]: unknown;
                    };
                    export?: boolean;
                    import?: boolean;
                    metadata_only?: boolean;
                    never_unwatch?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            id: number;
                            name: string;
                            person: string;
                            server: {
                                id: number;
                                type: string;
                                name: string;
                                url: string;
                                uuid: string;
                                version: string;
                            };
                            user: {
                                id: string;
                                name: string | null;
                            };
                            import: boolean;
                            export: boolean;
                            metadata_only: boolean;
                            never_unwatch: boolean;
                            consent: "pending" | "given";
                            options: {
                                [key: string]: unknown;
                            };
                            last_import: string | null;
                            last_export: string | null;
                            health: {
                                state: "unknown" | "ok" | "degraded";
                                last_error: {
                                    /** @description ISO 8601, UTC */
                                    at: string;
                                    code: string;
                                    message: string;
                                } | null;
                                last_event_at: string | null;
                                last_event: string | null;
                            };
                            pushes: {
                                waiting: number;
                                failed: number;
                            };
                            /** @description ISO 8601, UTC */
                            created_at: string;
                        } | null;
                        waiting: {
                            id: number;
                            person: string;
                            kind: string;
                            name: string;
                            url: string;
                            tries: number;
                            /** @description ISO 8601, UTC */
                            tried_at: string;
                            fault: {
                                code: string;
                                message: string;
                            };
                            /** @description ISO 8601, UTC */
                            created_at: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            id: number;
                            name: string;
                            person: string;
                            server: {
                                id: number;
                                type: string;
                                name: string;
                                url: string;
                                uuid: string;
                                version: string;
                            };
                            user: {
                                id: string;
                                name: string | null;
                            };
                            import: boolean;
                            export: boolean;
                            metadata_only: boolean;
                            never_unwatch: boolean;
                            consent: "pending" | "given";
                            options: {
                                [key: string]: unknown;
                            };
                            last_import: string | null;
                            last_export: string | null;
                            health: {
                                state: "unknown" | "ok" | "degraded";
                                last_error: {
                                    /** @description ISO 8601, UTC */
                                    at: string;
                                    code: string;
                                    message: string;
                                } | null;
                                last_event_at: string | null;
                                last_event: string | null;
                            };
                            pushes: {
                                waiting: number;
                                failed: number;
                            };
                            /** @description ISO 8601, UTC */
                            created_at: string;
                        } | null;
                        waiting: {
                            id: number;
                            person: string;
                            kind: string;
                            name: string;
                            url: string;
                            tries: number;
                            /** @description ISO 8601, UTC */
                            tried_at: string;
                            fault: {
                                code: string;
                                message: string;
                            };
                            /** @description ISO 8601, UTC */
                            created_at: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.tryWaitingConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            id: number;
                            name: string;
                            person: string;
                            server: {
                                id: number;
                                type: string;
                                name: string;
                                url: string;
                                uuid: string;
                                version: string;
                            };
                            user: {
                                id: string;
                                name: string | null;
                            };
                            import: boolean;
                            export: boolean;
                            metadata_only: boolean;
                            never_unwatch: boolean;
                            consent: "pending" | "given";
                            options: {
                                [key: string]: unknown;
                            };
                            last_import: string | null;
                            last_export: string | null;
                            health: {
                                state: "unknown" | "ok" | "degraded";
                                last_error: {
                                    /** @description ISO 8601, UTC */
                                    at: string;
                                    code: string;
                                    message: string;
                                } | null;
                                last_event_at: string | null;
                                last_event: string | null;
                            };
                            pushes: {
                                waiting: number;
                                failed: number;
                            };
                            /** @description ISO 8601, UTC */
                            created_at: string;
                        } | null;
                        waiting: {
                            id: number;
                            person: string;
                            kind: string;
                            name: string;
                            url: string;
                            tries: number;
                            /** @description ISO 8601, UTC */
                            tried_at: string;
                            fault: {
                                code: string;
                                message: string;
                            };
                            /** @description ISO 8601, UTC */
                            created_at: string;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removeWaitingConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getDemo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        here: boolean;
                        since: string | null;
                        /** @description Nothing is connected and nothing is known: it may come */
                        offered: boolean;
                        people: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.beginDemo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        here: boolean;
                        since: string | null;
                        /** @description Nothing is connected and nothing is known: it may come */
                        offered: boolean;
                        people: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.endDemo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        here: boolean;
                        since: string | null;
                        /** @description Nothing is connected and nothing is known: it may come */
                        offered: boolean;
                        people: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listPeople": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        display_name: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.addPerson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    display_name?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        display_name: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removePerson": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.renamePerson": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    display_name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        display_name: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listLogins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        username: string;
                        role: "owner" | "admin" | "person";
                        person: string;
                        /** @description What it may do: all that its role may, or less */
                        scopes: ("read" | "sync" | "write" | "admin" | "webhook")[];
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        last_used_at: string | null;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.addLogin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                    role: "owner" | "admin" | "person";
                    person: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        username: string;
                        role: "owner" | "admin" | "person";
                        person: string;
                        /** @description What it may do: all that its role may, or less */
                        scopes: ("read" | "sync" | "write" | "admin" | "webhook")[];
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        last_used_at: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setRole": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: "owner" | "admin" | "person";
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setScopes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    scopes: ("read" | "sync" | "write" | "admin" | "webhook")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        username: string;
                        role: "owner" | "admin" | "person";
                        person: string;
                        /** @description What it may do: all that its role may, or less */
                        scopes: ("read" | "sync" | "write" | "admin" | "webhook")[];
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        last_used_at: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setPassword": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.changePassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removeLogin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listKeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        role: "owner" | "admin" | "person";
                        scopes: ("read" | "sync" | "write" | "admin" | "webhook")[];
                        surface: string;
                        person: string | null;
                        origin: string;
                        created_by: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        last_used_at: string | null;
                        revoked_at: string | null;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.addKey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    role?: "owner" | "admin" | "person";
                    scopes?: ("read" | "sync" | "write" | "admin" | "webhook")[];
                    surface?: "api" | "watchstate" | "app" | "huntarr" | "seerr-sync" | "oxicleanarr";
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Shown this once */
                        key: string;
                        record: {
                            id: number;
                            name: string;
                            role: "owner" | "admin" | "person";
                            scopes: ("read" | "sync" | "write" | "admin" | "webhook")[];
                            surface: string;
                            person: string | null;
                            origin: string;
                            created_by: string;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            last_used_at: string | null;
                            revoked_at: string | null;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.revokeKey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listPlans": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                state?: "proposed" | "approved" | "rejected" | "expired" | "applying" | "applied" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            feature: string;
                            person: string | null;
                            title: string;
                            state: "proposed" | "approved" | "rejected" | "expired" | "applying" | "applied" | "failed";
                            reason: string;
                            summary: {
                                [key: string]: unknown;
                            };
                            job_id: string | null;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            expires_at: string | null;
                            decided_at: string | null;
                            decided_by: string | null;
                            finished_at: string | null;
                            outcome: string | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.proposePlan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @description The same work was waiting already; this is its id */
                        coalesced: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getPlan": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                state?: "planned" | "left-out" | "done" | "skipped" | "failed" | "unconfirmed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plan: {
                            id: string;
                            feature: string;
                            person: string | null;
                            title: string;
                            state: "proposed" | "approved" | "rejected" | "expired" | "applying" | "applied" | "failed";
                            reason: string;
                            summary: {
                                [key: string]: unknown;
                            };
                            job_id: string | null;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            expires_at: string | null;
                            decided_at: string | null;
                            decided_by: string | null;
                            finished_at: string | null;
                            outcome: string | null;
                        };
                        changes: {
                            items: {
                                seq: number;
                                kind: string;
                                account_id: number | null;
                                account: string | null;
                                subject: {
                                    [key: string]: unknown;
                                };
                                before: unknown;
                                after: unknown;
                                reason: {
                                    rule: string;
                                    facts: {
                                        text: string;
                                        source: string;
                                        at: string | null;
                                    }[];
                                };
                                asked_by: string;
                                may_leave_out: boolean;
                                state: "planned" | "left-out" | "done" | "skipped" | "failed" | "unconfirmed";
                                outcome: string | null;
                            }[];
                            total: number;
                            page: number;
                            per_page: number;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.reviewPlan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plan: {
                            id: string;
                            feature: string;
                            person: string | null;
                            title: string;
                            state: "proposed" | "approved" | "rejected" | "expired" | "applying" | "applied" | "failed";
                            reason: string;
                            summary: {
                                [key: string]: unknown;
                            };
                            job_id: string | null;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            expires_at: string | null;
                            decided_at: string | null;
                            decided_by: string | null;
                            finished_at: string | null;
                            outcome: string | null;
                        };
                        total: number;
                        left_out: number;
                        /** @description Changes that cannot be left out */
                        fixed: number;
                        places: {
                            account_id: number;
                            name: string;
                            type: string | null;
                            read_at: string | null;
                            counts: {
                                add: number;
                                change: number;
                                remove: number;
                                left_out: number;
                            };
                        }[];
                        /** @description What the history of this house would learn */
                        own: {
                            add: number;
                            change: number;
                            remove: number;
                            left_out: number;
                        };
                        groups: {
                            kind: string;
                            rule: string;
                            effect: "add" | "change" | "remove";
                            own: boolean;
                            may_leave_out: boolean;
                            counts: {
                                add: number;
                                change: number;
                                remove: number;
                                left_out: number;
                            };
                            by_place: {
                                account_id: number;
                                counts: {
                                    add: number;
                                    change: number;
                                    remove: number;
                                    left_out: number;
                                };
                            }[];
                        }[];
                        guards: {
                            guard: "sources" | "limit" | "removals";
                            passed: boolean;
                            message: string;
                        }[];
                        conflicts_open: number;
                        outcomes: {
                            planned: number;
                            left_out: number;
                            done: number;
                            skipped: number;
                            failed: number;
                            unconfirmed: number;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listPlanRows": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                kind?: string;
                rule?: string;
                account?: number;
                state?: "planned" | "left-out" | "done" | "skipped" | "failed" | "unconfirmed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        places: {
                            account_id: number;
                            name: string;
                            type: string | null;
                            read_at: string | null;
                        }[];
                        items: {
                            key: string;
                            title: string;
                            left_out: boolean;
                            /** @description Came to the plan after a former one was approved */
                            is_new: boolean;
                            cells: {
                                account_id: number;
                                state: "add" | "change" | "remove" | "source" | "already" | "untouched" | "absent" | "unknown";
                                watched: boolean | null;
                                position_ms: number | null;
                                at: string | null;
                                seq: number | null;
                            }[];
                            changes: {
                                seq: number;
                                kind: string;
                                account_id: number | null;
                                account: string | null;
                                subject: {
                                    [key: string]: unknown;
                                };
                                before: unknown;
                                after: unknown;
                                reason: {
                                    rule: string;
                                    facts: {
                                        text: string;
                                        source: string;
                                        at: string | null;
                                    }[];
                                };
                                asked_by: string;
                                may_leave_out: boolean;
                                state: "planned" | "left-out" | "done" | "skipped" | "failed" | "unconfirmed";
                                outcome: string | null;
                            }[];
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.leaveOutOfPlan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description False takes them in again */
                    left_out: boolean;
                    kind?: string;
                    rule?: string;
                    account?: number;
                    rows?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plan: {
                            id: string;
                            feature: string;
                            person: string | null;
                            title: string;
                            state: "proposed" | "approved" | "rejected" | "expired" | "applying" | "applied" | "failed";
                            reason: string;
                            summary: {
                                [key: string]: unknown;
                            };
                            job_id: string | null;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            expires_at: string | null;
                            decided_at: string | null;
                            decided_by: string | null;
                            finished_at: string | null;
                            outcome: string | null;
                        };
                        total: number;
                        left_out: number;
                        /** @description Changes that cannot be left out */
                        fixed: number;
                        places: {
                            account_id: number;
                            name: string;
                            type: string | null;
                            read_at: string | null;
                            counts: {
                                add: number;
                                change: number;
                                remove: number;
                                left_out: number;
                            };
                        }[];
                        /** @description What the history of this house would learn */
                        own: {
                            add: number;
                            change: number;
                            remove: number;
                            left_out: number;
                        };
                        groups: {
                            kind: string;
                            rule: string;
                            effect: "add" | "change" | "remove";
                            own: boolean;
                            may_leave_out: boolean;
                            counts: {
                                add: number;
                                change: number;
                                remove: number;
                                left_out: number;
                            };
                            by_place: {
                                account_id: number;
                                counts: {
                                    add: number;
                                    change: number;
                                    remove: number;
                                    left_out: number;
                                };
                            }[];
                        }[];
                        guards: {
                            guard: "sources" | "limit" | "removals";
                            passed: boolean;
                            message: string;
                        }[];
                        conflicts_open: number;
                        outcomes: {
                            planned: number;
                            left_out: number;
                            done: number;
                            skipped: number;
                            failed: number;
                            unconfirmed: number;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.approvePlan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        feature: string;
                        person: string | null;
                        title: string;
                        state: "proposed" | "approved" | "rejected" | "expired" | "applying" | "applied" | "failed";
                        reason: string;
                        summary: {
                            [key: string]: unknown;
                        };
                        job_id: string | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        expires_at: string | null;
                        decided_at: string | null;
                        decided_by: string | null;
                        finished_at: string | null;
                        outcome: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.rejectPlan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        feature: string;
                        person: string | null;
                        title: string;
                        state: "proposed" | "approved" | "rejected" | "expired" | "applying" | "applied" | "failed";
                        reason: string;
                        summary: {
                            [key: string]: unknown;
                        };
                        job_id: string | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        expires_at: string | null;
                        decided_at: string | null;
                        decided_by: string | null;
                        finished_at: string | null;
                        outcome: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getSync": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description By the clock */
                        next: {
                            import: {
                                enabled: boolean;
                                at: string | null;
                            };
                            export: {
                                enabled: boolean;
                                at: string | null;
                            };
                        };
                        accounts: {
                            id: number;
                            name: string;
                            person: string;
                            type: string;
                            server: string;
                            consent: "pending" | "given";
                            import: boolean;
                            export: boolean;
                            health: "unknown" | "ok" | "degraded";
                            fault: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                code: string;
                                message: string;
                            } | null;
                            last_import: string | null;
                            last_export: string | null;
                            waiting: number;
                            failed: number;
                            /** @description Copies that were left out of a plan, and are not told until there is news of them */
                            left_out: number;
                            last_run: {
                                /** @description Also that of its job, which has its log */
                                id: string;
                                kind: "import" | "export" | "propose" | "apply";
                                person: string | null;
                                account: string | null;
                                /** @description Who asked for it, or clock */
                                by: string;
                                status: "pending" | "running" | "completed" | "failed" | "cancelled";
                                progress: {
                                    done: number;
                                    total: number | null;
                                    text: string | null;
                                } | null;
                                /** @description ISO 8601, UTC */
                                created_at: string;
                                started_at: string | null;
                                finished_at: string | null;
                                took_ms: number | null;
                                /** @description By account */
                                counts: {
                                    [key: string]: {
                                        [key: string]: number;
                                    };
                                };
                                error: {
                                    code: string;
                                    message: string;
                                } | null;
                                plan: {
                                    id: string;
                                    title: string;
                                    state: string;
                                    outcome: string | null;
                                } | null;
                            } | null;
                            running: {
                                /** @description Also that of its job, which has its log */
                                id: string;
                                kind: "import" | "export" | "propose" | "apply";
                                person: string | null;
                                account: string | null;
                                /** @description Who asked for it, or clock */
                                by: string;
                                status: "pending" | "running" | "completed" | "failed" | "cancelled";
                                progress: {
                                    done: number;
                                    total: number | null;
                                    text: string | null;
                                } | null;
                                /** @description ISO 8601, UTC */
                                created_at: string;
                                started_at: string | null;
                                finished_at: string | null;
                                took_ms: number | null;
                                /** @description By account */
                                counts: {
                                    [key: string]: {
                                        [key: string]: number;
                                    };
                                };
                                error: {
                                    code: string;
                                    message: string;
                                } | null;
                                plan: {
                                    id: string;
                                    title: string;
                                    state: string;
                                    outcome: string | null;
                                } | null;
                            } | null;
                            plan: {
                                id: string;
                                title: string;
                                reason: string;
                                /** @description ISO 8601, UTC */
                                created_at: string;
                            } | null;
                        }[];
                        conflicts_open: number;
                        changes_in_doubt: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listRuns": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                account?: string;
                status?: ("pending" | "running" | "completed" | "failed" | "cancelled")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Also that of its job, which has its log */
                            id: string;
                            kind: "import" | "export" | "propose" | "apply";
                            person: string | null;
                            account: string | null;
                            /** @description Who asked for it, or clock */
                            by: string;
                            status: "pending" | "running" | "completed" | "failed" | "cancelled";
                            progress: {
                                done: number;
                                total: number | null;
                                text: string | null;
                            } | null;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            started_at: string | null;
                            finished_at: string | null;
                            took_ms: number | null;
                            /** @description By account */
                            counts: {
                                [key: string]: {
                                    [key: string]: number;
                                };
                            };
                            error: {
                                code: string;
                                message: string;
                            } | null;
                            plan: {
                                id: string;
                                title: string;
                                state: string;
                                outcome: string | null;
                            } | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getRun": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also that of its job, which has its log */
                        id: string;
                        kind: "import" | "export" | "propose" | "apply";
                        person: string | null;
                        account: string | null;
                        /** @description Who asked for it, or clock */
                        by: string;
                        status: "pending" | "running" | "completed" | "failed" | "cancelled";
                        progress: {
                            done: number;
                            total: number | null;
                            text: string | null;
                        } | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        started_at: string | null;
                        finished_at: string | null;
                        took_ms: number | null;
                        /** @description By account */
                        counts: {
                            [key: string]: {
                                [key: string]: number;
                            };
                        };
                        error: {
                            code: string;
                            message: string;
                        } | null;
                        plan: {
                            id: string;
                            title: string;
                            state: string;
                            outcome: string | null;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listTasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        description: string;
                        cron: string;
                        enabled: boolean;
                        next_run: string | null;
                        previous_run: string | null;
                        args: string[];
                        may_be_disabled: boolean;
                        /** @description The room of the house that does it */
                        room: string;
                        last: {
                            job_id: string;
                            state: "pending" | "running" | "completed" | "failed" | "cancelled";
                            started_at: string | null;
                            finished_at: string | null;
                            took_ms: number | null;
                            error: string | null;
                            /** @description Of everybody and with nothing told, as the clock asks for it */
                            for_everybody: boolean;
                        } | null;
                        open: string[];
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getTask": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        description: string;
                        cron: string;
                        enabled: boolean;
                        next_run: string | null;
                        previous_run: string | null;
                        args: string[];
                        may_be_disabled: boolean;
                        /** @description The room of the house that does it */
                        room: string;
                        last: {
                            job_id: string;
                            state: "pending" | "running" | "completed" | "failed" | "cancelled";
                            started_at: string | null;
                            finished_at: string | null;
                            took_ms: number | null;
                            error: string | null;
                            /** @description Of everybody and with nothing told, as the clock asks for it */
                            for_everybody: boolean;
                        } | null;
                        open: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.changeTask": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    cron?: string;
                    args?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        description: string;
                        cron: string;
                        enabled: boolean;
                        next_run: string | null;
                        previous_run: string | null;
                        args: string[];
                        may_be_disabled: boolean;
                        /** @description The room of the house that does it */
                        room: string;
                        last: {
                            job_id: string;
                            state: "pending" | "running" | "completed" | "failed" | "cancelled";
                            started_at: string | null;
                            finished_at: string | null;
                            took_ms: number | null;
                            error: string | null;
                            /** @description Of everybody and with nothing told, as the clock asks for it */
                            for_everybody: boolean;
                        } | null;
                        open: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listTaskRuns": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                status?: ("pending" | "running" | "completed" | "failed" | "cancelled")[];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            lane: string;
                            person: string | null;
                            reference: string | null;
                            status: "pending" | "running" | "completed" | "failed" | "cancelled";
                            attempts: number;
                            payload: {
                                [key: string]: unknown;
                            };
                            progress: {
                                done: number;
                                total: number | null;
                                text: string | null;
                            } | null;
                            result: unknown;
                            error: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description ISO 8601, UTC */
                            run_at: string;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            started_at: string | null;
                            finished_at: string | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.runTask": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    person?: string;
                    account?: string;
                    args?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @description The same work was waiting already; this is its id */
                        coalesced: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listJobs": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                status?: ("pending" | "running" | "completed" | "failed" | "cancelled")[];
                name?: string;
                reference?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            lane: string;
                            person: string | null;
                            reference: string | null;
                            status: "pending" | "running" | "completed" | "failed" | "cancelled";
                            attempts: number;
                            payload: {
                                [key: string]: unknown;
                            };
                            progress: {
                                done: number;
                                total: number | null;
                                text: string | null;
                            } | null;
                            result: unknown;
                            error: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description ISO 8601, UTC */
                            run_at: string;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            started_at: string | null;
                            finished_at: string | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getJob": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: {
                            id: string;
                            name: string;
                            lane: string;
                            person: string | null;
                            reference: string | null;
                            status: "pending" | "running" | "completed" | "failed" | "cancelled";
                            attempts: number;
                            payload: {
                                [key: string]: unknown;
                            };
                            progress: {
                                done: number;
                                total: number | null;
                                text: string | null;
                            } | null;
                            result: unknown;
                            error: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description ISO 8601, UTC */
                            run_at: string;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            started_at: string | null;
                            finished_at: string | null;
                        };
                        logs: {
                            /** @description ISO 8601, UTC */
                            at: string;
                            level: string;
                            text: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.cancelJob": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.stream": {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of events, open until either side ends it. Members are what an event of that name carries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        job: {
                            id: string;
                            name: string;
                            task: string | null;
                            person: string | null;
                            lane: string;
                            state: "pending" | "running" | "completed" | "failed" | "cancelled" | "gone";
                            done: number | null;
                            total: number | null;
                            text: string | null;
                            rate: number | null;
                            left_ms: number | null;
                            started_at: string | null;
                            finished_at: string | null;
                            error: {
                                code: string;
                                message: string;
                            } | null;
                            keeps: "what-was-done" | "whole-files" | "nothing-changes" | "all-again";
                        };
                        changed: {
                            topics: ("accounts" | "activity" | "apps" | "bin" | "conflicts" | "doubts" | "jobs" | "keys" | "people" | "plans" | "requests" | "settings" | "shelf" | "tasks" | "titles" | "trackers" | "viewing")[];
                        };
                        ready: {
                            resumed: boolean;
                        };
                        reload: Record<string, never>;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decisions: {
                            kind: "plan" | "conflict" | "request-failed" | "place-refused" | "push-failed" | "change-in-doubt" | "person-unmatched" | "task-failed" | "event-undelivered";
                            /** @description Unique within its kind */
                            id: string;
                            /** @description ISO 8601, UTC */
                            since: string;
                            subject: string;
                            values: {
                                [key: string]: string | number;
                            };
                            person: string | null;
                        }[];
                        totals: {
                            [key: string]: number;
                        };
                        capabilities: {
                            id: string;
                            on: boolean;
                            last: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                took_ms: number | null;
                                state: string;
                                error: string | null;
                                job_id: string | null;
                                counts: {
                                    [key: string]: string | number;
                                };
                            } | null;
                            open: number;
                            next: string | null;
                        }[];
                        sources: {
                            kind: string;
                            name: string;
                            person: string | null;
                            state: "known" | "unknown" | "refused" | "new" | "off";
                            known_at: string | null;
                            trouble: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                message: string;
                            } | null;
                        }[];
                        unreadable: {
                            part: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listDuplicates": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                /** @description Look again, whatever is kept */
                anew?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            title: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            watched: boolean;
                            places: string[];
                            paths: string[];
                            others: number[];
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.mergeDuplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listParity": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                /** @description 0: as many as there are */
                min?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            title: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            watched: boolean;
                            places: string[];
                            paths: string[];
                            missing: string[];
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removeBelowParity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    person?: string;
                    min: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listBroken": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                /** @description Look again, whatever is kept */
                anew?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            title: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            watched: boolean;
                            places: string[];
                            paths: string[];
                            faults: {
                                place: string;
                                path: string;
                                message: string;
                            }[];
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listAccountLibraries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        kind: string;
                        supported: boolean;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listUnmatched": {
        parameters: {
            query?: {
                library?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        upstream_id: string;
                        title: string;
                        year: number | null;
                        kind: string;
                        path: string | null;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listMismatched": {
        parameters: {
            query?: {
                library?: string;
                /** @description Percent */
                below?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        upstream_id: string;
                        title: string;
                        year: number | null;
                        kind: string;
                        path: string | null;
                        /** @description How alike the name of the title and of its file are */
                        percent: number;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listStale": {
        parameters: {
            query?: {
                /** @description Look again, whatever is kept */
                anew?: boolean;
            };
            header?: never;
            path: {
                id: number;
                library: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        library: string;
                        there: number;
                        known: number;
                        items: {
                            title: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            watched: boolean;
                            places: string[];
                            paths: string[];
                            missing: string[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removeStale": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                library: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    media: number[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listEvents": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                topic?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            topic: string;
                            payload: unknown;
                            /** @description ISO 8601, UTC */
                            at: string;
                            /** @description The parts of the house that have not taken it yet */
                            waiting: string[];
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listDeadLetters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        topic: string;
                        payload: unknown;
                        /** @description ISO 8601, UTC */
                        at: string;
                        subscriber: string;
                        attempts: number;
                        error: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.reviveEvent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subscriber: string;
                    event: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.discardEvent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subscriber: string;
                    event: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listChanges": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                state?: ("intended" | "confirmed" | "failed" | "unconfirmed")[];
                target?: string;
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            kind: string;
                            target: string;
                            subject: string;
                            before: unknown;
                            wanted: unknown;
                            state: "intended" | "confirmed" | "failed" | "unconfirmed";
                            outcome: unknown;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            finished_at: string | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listLogs": {
        parameters: {
            query?: {
                level?: "trace" | "debug" | "info" | "warn" | "error" | "fatal";
                /** @description Default app and task. `access` has a line for each request */
                kind?: ("app" | "task" | "access")[];
                room?: string;
                text?: string;
                order?: "newest" | "oldest";
                /** @description The moment to begin at, ISO 8601 */
                from?: string;
                place?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: {
                            id: string;
                            kind: "app" | "task" | "access";
                            at: string | null;
                            level: string;
                            room: string | null;
                            text: string;
                            fields: {
                                [key: string]: unknown;
                            };
                        }[];
                        next: string | null;
                        looked_to: string | null;
                        /** @description For GET /logs/stream: whoever follows from here misses nothing */
                        follow_from: string;
                        days: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.followLogs": {
        parameters: {
            query?: {
                level?: "trace" | "debug" | "info" | "warn" | "error" | "fatal";
                /** @description Default app and task. `access` has a line for each request */
                kind?: ("app" | "task" | "access")[];
                room?: string;
                text?: string;
                place?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of events, open until either side ends it. Members are what an event of that name carries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        line: {
                            id: string;
                            kind: "app" | "task" | "access";
                            at: string | null;
                            level: string;
                            room: string | null;
                            text: string;
                            fields: {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listConflicts": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                state?: "open" | "settled" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            kind: "draw" | "ids" | "same";
                            reason: string;
                            copy: {
                                id: number;
                                server_id: number;
                                upstream_id: string;
                                title: string;
                                path: string | null;
                            } | null;
                            place: number;
                            candidates: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            }[];
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            resolved_at: string | null;
                            resolution: string | null;
                        }[];
                        open: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.settleConflict": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    choice?: "new" | "merge" | "apart" | "leave";
                    media?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listHistory": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                watched?: boolean;
                kind?: "movie" | "episode";
                title?: string;
                year?: number;
                season?: number;
                episode?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            title: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            watched: boolean;
                            /** @description ISO 8601, UTC */
                            changed_at: string;
                            unwatched_at: string | null;
                            position_ms: number;
                            position_at: string | null;
                            event: string | null;
                            via: string | null;
                            reports: {
                                account: string;
                                upstream_id: string;
                                watched: boolean;
                                play_count: number | null;
                                last_played_at: string | null;
                                position_ms: number;
                                /** @description ISO 8601, UTC */
                                seen_at: string;
                                path: string | null;
                                gone_at: string | null;
                            }[];
                            silent: string[];
                            plays: {
                                at: string | null;
                                account: string | null;
                                how: string | null;
                            }[];
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getHistory": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: {
                            id: number;
                            kind: string;
                            title: string;
                            year: number | null;
                            season: number | null;
                            episode: number | null;
                            series: {
                                id: number | null;
                                title: string;
                                year: number | null;
                                ids: {
                                    [key: string]: string;
                                };
                            } | null;
                            ids: {
                                [key: string]: string;
                            };
                        };
                        watched: boolean;
                        /** @description ISO 8601, UTC */
                        changed_at: string;
                        unwatched_at: string | null;
                        position_ms: number;
                        position_at: string | null;
                        event: string | null;
                        via: string | null;
                        reports: {
                            account: string;
                            upstream_id: string;
                            watched: boolean;
                            play_count: number | null;
                            last_played_at: string | null;
                            position_ms: number;
                            /** @description ISO 8601, UTC */
                            seen_at: string;
                            path: string | null;
                            gone_at: string | null;
                        }[];
                        silent: string[];
                        plays: {
                            at: string | null;
                            account: string | null;
                            how: string | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listMerges": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            from: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            into: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            /** @description `matching` where nobody asked */
                            by: string;
                            /** @description ISO 8601, UTC */
                            at: string;
                            split_at: string | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.mergeTitles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from: number;
                    into: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.splitMerge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getTitlePoster": {
        parameters: {
            query?: {
                /** @description Pixels; the poster is about that wide, or smaller. */
                width?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listSettings": {
        parameters: {
            query?: {
                person?: string;
                account?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: string;
                        value: unknown;
                        is_set: boolean;
                        default: unknown;
                        source: "default" | "stored" | "file" | "environment";
                        pinned_at: string | null;
                        read_only: boolean;
                        broken: boolean;
                        scope: "house" | "person" | "account";
                        secret: boolean;
                        needs_restart: boolean;
                        description: string;
                        schema: unknown;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setSetting": {
        parameters: {
            query?: {
                person?: string;
                account?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    value: unknown;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.resetSetting": {
        parameters: {
            query?: {
                person?: string;
                account?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getSettingHistory": {
        parameters: {
            query?: {
                person?: string;
                account?: number;
                page?: number;
                per_page?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description ISO 8601, UTC */
                            at: string;
                            by: string;
                            value: unknown;
                            reset: boolean;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listActivity": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                /** @description All verbs below it where it ends in a dot */
                verb?: string;
                subject?: string;
                /** @description Its kind: login, api-key, app, webhook, job */
                actor?: string;
                /** @description ISO 8601 */
                from?: string;
                /** @description ISO 8601 */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            /** @description ISO 8601, UTC */
                            at: string;
                            actor: {
                                kind: string;
                                id: string;
                                name: string;
                            };
                            verb: string;
                            subject: string;
                            detail: {
                                [key: string]: unknown;
                            };
                            person: string | null;
                            undo: {
                                kind: "restore" | "split";
                                id: number;
                            } | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listDoubts": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            kind: string;
                            target: string;
                            subject: string;
                            before: unknown;
                            wanted: unknown;
                            state: "intended" | "unconfirmed";
                            outcome: unknown;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            /** @description ISO 8601, UTC */
                            deadline_at: string;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listBin": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            kind: string;
                            title: string;
                            person: string | null;
                            deleted_by: string;
                            /** @description ISO 8601, UTC */
                            deleted_at: string;
                            /** @description ISO 8601, UTC */
                            restore_until: string;
                            restored_at: string | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        kind: string;
                        title: string;
                        person: string | null;
                        deleted_by: string;
                        /** @description ISO 8601, UTC */
                        deleted_at: string;
                        /** @description ISO 8601, UTC */
                        restore_until: string;
                        restored_at: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.moveIn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    program: string;
                    /** @description The whole path of a folder where the server runs */
                    folder: string;
                    /** @description Absent: shown, and nothing changed */
                    apply?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @description The same work was waiting already; this is its id */
                        coalesced: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.restoreBackup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The name of a backup, or the whole path of one where the server runs */
                    file: string;
                    /** @description Absent: shown, and nothing changed */
                    apply?: boolean;
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @description The same work was waiting already; this is its id */
                        coalesced: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getMovingReport": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        program?: string;
                        folder?: string;
                        file?: string;
                        applied: boolean;
                        /** @description Where the database was copied to before */
                        copy?: string;
                        people: {
                            name: string;
                            is: "new" | "there";
                            backends: {
                                name: string;
                                type: string;
                                is: "new" | "there" | "refused";
                                known_as?: string;
                                reason?: string;
                                items: {
                                    taken: number;
                                    there: number;
                                    refused: number;
                                };
                            }[];
                            ignore_rules: {
                                taken: number;
                                there: number;
                                refused: number;
                            };
                            history: {
                                records: number;
                                taken: number;
                                changed: number;
                                there: number;
                                refused: number;
                            };
                        }[];
                        custom_ids: {
                            taken: number;
                            there: number;
                            refused: number;
                        };
                        suppressions: {
                            taken: number;
                            there: number;
                            refused: number;
                        };
                        mapping: {
                            taken: number;
                            there: number;
                            refused: number;
                        };
                        backups: {
                            taken: number;
                            there: number;
                            refused: number;
                        };
                        /** @description Parts that were left out of what was taken */
                        left: {
                            kind: string;
                            reason: string;
                            count: number;
                            examples: string[];
                        }[];
                        /** @description What was not taken, counted by reason */
                        reasons: {
                            [key: string]: number;
                        };
                        /** @description Everything that was not taken */
                        refused: {
                            person?: string;
                            kind: string;
                            what: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listBackups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        automatic: boolean;
                        size: number;
                        /** @description ISO 8601, UTC */
                        at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listHistoryFormats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        format: string;
                        title: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.exportHistory": {
        parameters: {
            query?: {
                person?: string;
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                    "text/csv": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.uploadHistory": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @description The same work was waiting already; this is its id */
                        coalesced: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.applyHistory": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @description The same work was waiting already; this is its id */
                        coalesced: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getHistoryReport": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        format: string;
                        /** @description Whose export it is, in words */
                        service: string;
                        applied: boolean;
                        upload: string;
                        titles: number;
                        /** @description Titles of which nothing new is told */
                        there: number;
                        plays: number;
                        /** @description Movies and episodes that were not watched before */
                        marks: number;
                        positions: number;
                        lists: number;
                        ratings: number;
                        memos: number;
                        /** @description Titles that were taken or left without asking the source of metadata: the file has too many */
                        unasked: number;
                        left_total: number;
                        /** @description What was left out or kept as it is here, at most a thousand */
                        left: {
                            title: string;
                            place: string;
                            reason: string;
                        }[];
                        /** @description Files in which nothing was looked for */
                        unread: string[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listRequestDesks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        place: "internal" | "external";
                        vendor: string;
                        url: string;
                        has_key: boolean;
                        role: "disabled" | "primary" | "subordinate";
                        label: string | null;
                        version: string | null;
                        proven_at: string | null;
                        listed_at: string | null;
                        health: "unknown" | "ok" | "degraded";
                        last_error: string | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.addRequestDesk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    place?: "internal" | "external";
                    url?: string;
                    api_key?: string;
                    role?: "disabled" | "primary" | "subordinate";
                    label?: string | null;
                    /** @description Absent: the key is proven now where the desk has a role */
                    verify?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        place: "internal" | "external";
                        vendor: string;
                        url: string;
                        has_key: boolean;
                        role: "disabled" | "primary" | "subordinate";
                        label: string | null;
                        version: string | null;
                        proven_at: string | null;
                        listed_at: string | null;
                        health: "unknown" | "ok" | "degraded";
                        last_error: string | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removeRequestDesk": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.changeRequestDesk": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    url?: string;
                    api_key?: string;
                    role?: "disabled" | "primary" | "subordinate";
                    label?: string | null;
                    /** @description Absent: the key is proven now where the desk has a role */
                    verify?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        place: "internal" | "external";
                        vendor: string;
                        url: string;
                        has_key: boolean;
                        role: "disabled" | "primary" | "subordinate";
                        label: string | null;
                        version: string | null;
                        proven_at: string | null;
                        listed_at: string | null;
                        health: "unknown" | "ok" | "degraded";
                        last_error: string | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.replication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        state: "disabled" | "misconfigured" | "initializing" | "active";
                        faults: {
                            field: string;
                            message: string;
                        }[];
                        primary: {
                            /** @description `internal:<Name>`, else its label, else its address */
                            label: string;
                            health: {
                                state: string;
                                last_error: string | null;
                            };
                        } | null;
                        last_poll: string | null;
                        next_poll: string | null;
                        tracked: number;
                        failed: number;
                        subordinates: {
                            /** @description `internal:<Name>`, else its label, else its address */
                            label: string;
                            synced: number;
                            failed: number;
                            waiting: number;
                            due: number;
                            health: {
                                state: string;
                                last_error: string | null;
                            };
                        }[];
                        stopped: {
                            reason: string;
                            plan_id: string | null;
                        } | null;
                        options: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setReplicationOptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        state: "disabled" | "misconfigured" | "initializing" | "active";
                        faults: {
                            field: string;
                            message: string;
                        }[];
                        primary: {
                            /** @description `internal:<Name>`, else its label, else its address */
                            label: string;
                            health: {
                                state: string;
                                last_error: string | null;
                            };
                        } | null;
                        last_poll: string | null;
                        next_poll: string | null;
                        tracked: number;
                        failed: number;
                        subordinates: {
                            /** @description `internal:<Name>`, else its label, else its address */
                            label: string;
                            synced: number;
                            failed: number;
                            waiting: number;
                            due: number;
                            health: {
                                state: string;
                                last_error: string | null;
                            };
                        }[];
                        stopped: {
                            reason: string;
                            plan_id: string | null;
                        } | null;
                        options: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.failedRequests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        request_id: number;
                        primary_id: number;
                        /** @description Such as movie:603:False. Several requests may share one */
                        fingerprint: string;
                        kind: "movie" | "tv";
                        tmdb_id: number;
                        /** @description `internal:<Name>`, else its label, else its address */
                        subordinate: string;
                        /** @description In the words of the subordinate */
                        error: string;
                        /** @description ISO 8601, UTC */
                        failed_at: string;
                        /** @description Nobody can tell whether it was made: left alone until it is retried */
                        unconfirmed: boolean;
                        permanent: boolean;
                        attempts: number;
                        next_at: string | null;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.retryRequests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fingerprint?: string;
                    subordinate?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cleared: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.replicatedRequests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        request_id: number;
                        primary_id: number;
                        /** @description Such as movie:603:False. Several requests may share one */
                        fingerprint: string;
                        subordinates: {
                            [key: string]: {
                                id: number;
                                status: string;
                                seasons: number[];
                                how: string;
                                /** @description ISO 8601, UTC */
                                synced_at: string;
                            }[];
                        };
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.previewReplication": {
        parameters: {
            query?: {
                subordinate?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description `internal:<Name>`, else its label, else its address */
                        primary: string;
                        requests: number;
                        stopped: string | null;
                        subordinates: {
                            /** @description `internal:<Name>`, else its label, else its address */
                            subordinate: string;
                            known: boolean;
                            reason: string | null;
                            changes: {
                                action: string;
                                request_id: number;
                                primary_id: number;
                                /** @description Such as movie:603:False. Several requests may share one */
                                fingerprint: string;
                                there: number | null;
                                seasons: number[] | null;
                                as: string | null;
                                reason: string;
                            }[];
                            waiting: {
                                request_id: number;
                                primary_id: number;
                                /** @description Such as movie:603:False. Several requests may share one */
                                fingerprint: string;
                                state: string;
                                reason: string;
                            }[];
                            foreign: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.replicationDrift": {
        parameters: {
            query: {
                subordinate: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description `internal:<Name>`, else its label, else its address */
                        subordinate: string;
                        in_step: number;
                        foreign: number;
                        differences: {
                            kind: string;
                            request_id: number;
                            primary_id: number;
                            /** @description Such as movie:603:False. Several requests may share one */
                            fingerprint: string;
                            primary: {
                                status: string;
                                seasons: number[];
                                gone: boolean;
                            };
                            there: {
                                id: number;
                                status: string;
                                seasons: number[];
                            }[];
                            reason: string;
                            /** @description The next cycle does something about it */
                            planned: boolean;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.importReplication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What a dumb_config.json holds */
                    config?: unknown;
                    /** @description What a seerr_sync_state.json holds */
                    state?: unknown;
                    /** @description API keys of the internal instances, by name */
                    keys?: {
                        [key: string]: string;
                    };
                    /** @description Where the internal instances are reached. Default localhost */
                    host?: string;
                    /** @description Absent: shown, and nothing changed */
                    apply?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        applied: boolean;
                        config: {
                            desks: {
                                /** @description `internal:<Name>`, else its label, else its address */
                                label: string;
                                role: string;
                                outcome: "added" | "changed" | "same";
                            }[];
                            options: string[];
                            notes: string[];
                            faults: {
                                field: string;
                                message: string;
                            }[];
                        } | null;
                        state: {
                            linked: number;
                            skipped: {
                                /** @description Such as movie:603:False. Several requests may share one */
                                fingerprint: string;
                                subordinate: string | null;
                                reason: string;
                            }[];
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setUpReplicationWebhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where the primary reaches this server. Default the public address */
                    url?: string;
                    /** @description Also where it posts to somebody else now */
                    replace?: boolean;
                    /** @description The former token is worth nothing from then on */
                    new_token?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.startReplicationAnew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listRequests": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                kind?: "movie" | "tv";
                tmdb_id?: number;
                /** @description Also those that are gone */
                gone?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            desk_id: number;
                            /** @description Of the desk itself */
                            primary_id: number;
                            /** @description Such as movie:603:False. Several requests may share one */
                            fingerprint: string;
                            kind: "movie" | "tv";
                            tmdb_id: number;
                            tvdb_id: number | null;
                            imdb_id: string | null;
                            is_4k: boolean;
                            status: string;
                            seasons: number[];
                            requested_by: {
                                user_id: number;
                                name: string;
                                person: string | null;
                            };
                            media_id: number | null;
                            title: string | null;
                            /** @description ISO 8601, UTC */
                            requested_at: string;
                            hidden_since: string | null;
                            gone_at: string | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.whereIsRequest": {
        parameters: {
            query: {
                kind: "movie" | "tv";
                tmdb_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        request_id: number;
                        primary_id: number;
                        /** @description Such as movie:603:False. Several requests may share one */
                        fingerprint: string;
                        status: string;
                        seasons: number[];
                        gone: boolean;
                        subordinates: {
                            /** @description `internal:<Name>`, else its label, else its address */
                            subordinate: string;
                            state: string | null;
                            reason: string | null;
                            since: string | null;
                            next_at: string | null;
                            error: string | null;
                            requests: {
                                id: number;
                                status: string;
                                seasons: number[];
                                how: string;
                                /** @description ISO 8601, UTC */
                                synced_at: string;
                            }[];
                        }[];
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listDeskUsers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        desk_id: number;
                        user_id: number;
                        name: string;
                        person: string | null;
                        by: ("word" | "jellyfin" | "plex" | "email") | null;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setDeskUser": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                user: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    person: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        desk_id: number;
                        user_id: number;
                        name: string;
                        person: string | null;
                        by: ("word" | "jellyfin" | "plex" | "email") | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.requestMatrix": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                kind?: "movie" | "tv";
                /** @description Also those that are gone */
                gone?: boolean;
                /** @description Only those that were tried in vain somewhere, or of which nobody can tell */
                needs_look?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        primary: {
                            id: number;
                            name: string;
                            health: "unknown" | "ok" | "degraded";
                        } | null;
                        subordinates: {
                            id: number;
                            name: string;
                            health: "unknown" | "ok" | "degraded";
                            label: string | null;
                        }[];
                        items: {
                            id: number;
                            desk_id: number;
                            /** @description Of the desk itself */
                            primary_id: number;
                            /** @description Such as movie:603:False. Several requests may share one */
                            fingerprint: string;
                            kind: "movie" | "tv";
                            tmdb_id: number;
                            tvdb_id: number | null;
                            imdb_id: string | null;
                            is_4k: boolean;
                            status: string;
                            seasons: number[];
                            requested_by: {
                                user_id: number;
                                name: string;
                                person: string | null;
                            };
                            media_id: number | null;
                            title: string | null;
                            /** @description ISO 8601, UTC */
                            requested_at: string;
                            hidden_since: string | null;
                            gone_at: string | null;
                            cells: {
                                desk_id: number;
                                state: string | null;
                                reason: string | null;
                                since: string | null;
                                next_at: string | null;
                                error: string | null;
                                requests: {
                                    id: number;
                                    status: string;
                                    seasons: number[];
                                    how: string;
                                    /** @description ISO 8601, UTC */
                                    synced_at: string;
                                }[];
                                attempts: number;
                            }[];
                        }[];
                        total: number;
                        needs_look: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getRequest": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        desk_id: number;
                        /** @description Of the desk itself */
                        primary_id: number;
                        /** @description Such as movie:603:False. Several requests may share one */
                        fingerprint: string;
                        kind: "movie" | "tv";
                        tmdb_id: number;
                        tvdb_id: number | null;
                        imdb_id: string | null;
                        is_4k: boolean;
                        status: string;
                        seasons: number[];
                        requested_by: {
                            user_id: number;
                            name: string;
                            person: string | null;
                        };
                        media_id: number | null;
                        title: string | null;
                        /** @description ISO 8601, UTC */
                        requested_at: string;
                        hidden_since: string | null;
                        gone_at: string | null;
                        cells: {
                            desk_id: number;
                            state: string | null;
                            reason: string | null;
                            since: string | null;
                            next_at: string | null;
                            error: string | null;
                            requests: {
                                id: number;
                                status: string;
                                seasons: number[];
                                how: string;
                                /** @description ISO 8601, UTC */
                                synced_at: string;
                            }[];
                            attempts: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.runReplication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getMetadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        source: string;
                        has_key: boolean;
                        calls_today: number;
                        calls_a_day: number;
                        /** @description Titles that somebody tracks and that are to be asked about */
                        due: number;
                        titles: {
                            told: number;
                            unknown: number;
                            doubtful: number;
                            no_ids: number;
                            failed: number;
                        };
                        failed: {
                            media_id: number;
                            title: string;
                            fault: string;
                            /** @description ISO 8601, UTC */
                            retry_at: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.forgetMetadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.checkMetadataKey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        accepted: true;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listAnimeMappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        format: string;
                        entries: number;
                        spans: number;
                        /** @description ISO 8601, UTC */
                        imported_at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.importAnimeMapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The whole file: the XML of Anime-Lists, or the JSON of Fribb/anime-lists */
                    content: string;
                    /** @description Absent: shown, and nothing changed */
                    apply?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @description The same work was waiting already; this is its id */
                        coalesced: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.forgetAnimeMapping": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getAnimeCoordinates": {
        parameters: {
            query: {
                provider: "anidb" | "mal" | "anilist" | "kitsu" | "simkl" | "tvdb";
                id: string;
                /** @description Of TVDB; 1 where absent */
                season?: number;
                number: number;
                /** @description A native special */
                special?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        outcome: "mapped" | "unmapped" | "no-mapping";
                        places: {
                            tvdb: string | null;
                            ids: {
                                [key: string]: string;
                            };
                            title: string | null;
                            season: number | null;
                            number: number;
                            special: boolean;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listTrackers": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        vendor: string;
                        person: string;
                        client_id: string;
                        state: "waiting" | "connected" | "ended";
                        account: {
                            id: string;
                            name: string;
                            plan: string;
                        } | null;
                        import: boolean;
                        export: boolean;
                        lists: boolean;
                        ratings: boolean;
                        consent: "pending" | "given" | "refused";
                        calls: {
                            day: string | null;
                            spent: number;
                            per_day: number;
                        };
                        last_read: string | null;
                        last_sync: string | null;
                        resumes_at: string | null;
                        last_error: {
                            /** @description ISO 8601, UTC */
                            at: string;
                            code: string;
                            message: string;
                        } | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.addTracker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    vendor?: string;
                    client_id?: string;
                    client_secret?: string;
                    redirect_uri?: string;
                    person?: string;
                    /** @description What is there comes here */
                    import?: boolean;
                    /** @description What is here goes there */
                    export?: boolean;
                    lists?: boolean;
                    ratings?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tracker: {
                            id: number;
                            name: string;
                            vendor: string;
                            person: string;
                            client_id: string;
                            state: "waiting" | "connected" | "ended";
                            account: {
                                id: string;
                                name: string;
                                plan: string;
                            } | null;
                            import: boolean;
                            export: boolean;
                            lists: boolean;
                            ratings: boolean;
                            consent: "pending" | "given" | "refused";
                            calls: {
                                day: string | null;
                                spent: number;
                                per_day: number;
                            };
                            last_read: string | null;
                            last_sync: string | null;
                            resumes_at: string | null;
                            last_error: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                code: string;
                                message: string;
                            } | null;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                        };
                        invitation: {
                            /** @enum {string} */
                            how: "code";
                            user_code: string;
                            page: string;
                            link: string;
                            /** @description ISO 8601, UTC */
                            expires_at: string;
                            interval_ms: number;
                        } | {
                            /** @enum {string} */
                            how: "page";
                            address: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getTracker": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        vendor: string;
                        person: string;
                        client_id: string;
                        state: "waiting" | "connected" | "ended";
                        account: {
                            id: string;
                            name: string;
                            plan: string;
                        } | null;
                        import: boolean;
                        export: boolean;
                        lists: boolean;
                        ratings: boolean;
                        consent: "pending" | "given" | "refused";
                        calls: {
                            day: string | null;
                            spent: number;
                            per_day: number;
                        };
                        last_read: string | null;
                        last_sync: string | null;
                        resumes_at: string | null;
                        last_error: {
                            /** @description ISO 8601, UTC */
                            at: string;
                            code: string;
                            message: string;
                        } | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removeTracker": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether the grant was ended there too */
                        revoked: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.changeTracker": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What is there comes here */
                    import?: boolean;
                    /** @description What is here goes there */
                    export?: boolean;
                    lists?: boolean;
                    ratings?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        vendor: string;
                        person: string;
                        client_id: string;
                        state: "waiting" | "connected" | "ended";
                        account: {
                            id: string;
                            name: string;
                            plan: string;
                        } | null;
                        import: boolean;
                        export: boolean;
                        lists: boolean;
                        ratings: boolean;
                        consent: "pending" | "given" | "refused";
                        calls: {
                            day: string | null;
                            spent: number;
                            per_day: number;
                        };
                        last_read: string | null;
                        last_sync: string | null;
                        resumes_at: string | null;
                        last_error: {
                            /** @description ISO 8601, UTC */
                            at: string;
                            code: string;
                            message: string;
                        } | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.inviteTracker": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    redirect_uri?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        how: "code";
                        user_code: string;
                        page: string;
                        link: string;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                        interval_ms: number;
                    } | {
                        /** @enum {string} */
                        how: "page";
                        address: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.connectTracker": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code?: string;
                    state?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        state: "pending" | "expired" | "refused" | "connected";
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.runTracker": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Reads the whole library there */
                    full?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: string;
                        /** @description The same work was waiting already; this is its id */
                        coalesced: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listTrackerOpen": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        media_id: number;
                        what: "watched" | "list" | "rating";
                        state: "sent" | "taken" | "missed";
                        reason: string;
                        /** @description ISO 8601, UTC */
                        at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listApps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        client_id: string;
                        name: string;
                        dialect: "legacy" | "modern";
                        generation: (1 | 2) | null;
                        redirects: string[];
                        has_secret: boolean;
                        origin: "owner" | "approval";
                        blocked_at: string | null;
                        created_by: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.addApp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    client_id?: string;
                    client_secret?: string;
                    /** @description Make a client_secret, and show it this once */
                    make_secret?: boolean;
                    redirects?: string[];
                    dialect?: "legacy" | "modern";
                    generation?: 1 | 2;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app: {
                            id: number;
                            client_id: string;
                            name: string;
                            dialect: "legacy" | "modern";
                            generation: (1 | 2) | null;
                            redirects: string[];
                            has_secret: boolean;
                            origin: "owner" | "approval";
                            blocked_at: string | null;
                            created_by: string;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                        };
                        client_secret: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.removeApp": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.changeApp": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    dialect?: "legacy" | "modern";
                    redirects?: string[];
                    client_secret?: string | null;
                    blocked?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        client_id: string;
                        name: string;
                        dialect: "legacy" | "modern";
                        generation: (1 | 2) | null;
                        redirects: string[];
                        has_secret: boolean;
                        origin: "owner" | "approval";
                        blocked_at: string | null;
                        created_by: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listGrants": {
        parameters: {
            query?: {
                person?: string;
                app?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        app: {
                            id: number;
                            client_id: string;
                            name: string;
                        };
                        person: string | null;
                        scopes: string[];
                        generation: 1 | 2;
                        flow: "code" | "pin" | "device";
                        approved_by: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        /** @description ISO 8601, UTC */
                        ends_at: string;
                        last_used_at: string | null;
                        revoked_at: string | null;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.revokeGrant": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listTitles": {
        parameters: {
            query?: {
                person?: string;
                /** @description Parts of the name, or an id at a provider */
                text?: string;
                kind?: "movie" | "show";
                state?: "open" | "part" | "watched";
                watched_by?: string;
                unwatched_by?: string;
                /** @description The person’s places, or their history, say different things of it */
                differs?: boolean;
                /** @description A server that has it */
                place?: number;
                requested?: boolean;
                list?: "any" | "watching" | "plantowatch" | "hold" | "completed" | "dropped";
                rated?: boolean;
                /** @description No provider’s id is known */
                missing_ids?: boolean;
                sort?: "title" | "added" | "watched" | "year" | "rating";
                order?: "asc" | "desc";
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            kind: "movie" | "show";
                            title: string;
                            year: number | null;
                            /** @description ISO 8601, UTC */
                            added_at: string;
                            /** @description Episodes that count; 1 of a movie */
                            parts: number;
                            missing_ids: boolean;
                            requested: boolean;
                            places: {
                                server_id: number;
                                name: string;
                                type: string;
                                parts: number;
                            }[];
                            /** @description Those who have to do with it, as far as the caller may see */
                            people: {
                                person: string;
                                state: "open" | "part" | "watched";
                                watched: number;
                                last_watched_at: string | null;
                                rating: number | null;
                                list: string | null;
                                differs: number;
                            }[];
                        }[];
                        total: number;
                        offset: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.countTitles": {
        parameters: {
            query?: {
                person?: string;
                /** @description Parts of the name, or an id at a provider */
                text?: string;
                kind?: "movie" | "show";
                state?: "open" | "part" | "watched";
                watched_by?: string;
                unwatched_by?: string;
                /** @description The person’s places, or their history, say different things of it */
                differs?: boolean;
                /** @description A server that has it */
                place?: number;
                requested?: boolean;
                list?: "any" | "watching" | "plantowatch" | "hold" | "completed" | "dropped";
                rated?: boolean;
                /** @description No provider’s id is known */
                missing_ids?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        movies: number;
                        shows: number;
                        open: number;
                        part: number;
                        watched: number;
                        differs: number;
                        requested: number;
                        listed: number;
                        rated: number;
                        missing_ids: number;
                        places: {
                            server_id: number;
                            name: string;
                            type: string;
                            titles: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getTitle": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: {
                            id: number;
                            kind: string;
                            title: string;
                            year: number | null;
                            season: number | null;
                            episode: number | null;
                            series: {
                                id: number | null;
                                title: string;
                                year: number | null;
                                ids: {
                                    [key: string]: string;
                                };
                            } | null;
                            ids: {
                                [key: string]: string;
                            };
                        };
                        row: {
                            id: number;
                            kind: "movie" | "show";
                            title: string;
                            year: number | null;
                            /** @description ISO 8601, UTC */
                            added_at: string;
                            /** @description Episodes that count; 1 of a movie */
                            parts: number;
                            missing_ids: boolean;
                            requested: boolean;
                            places: {
                                server_id: number;
                                name: string;
                                type: string;
                                parts: number;
                            }[];
                            /** @description Those who have to do with it, as far as the caller may see */
                            people: {
                                person: string;
                                state: "open" | "part" | "watched";
                                watched: number;
                                last_watched_at: string | null;
                                rating: number | null;
                                list: string | null;
                                differs: number;
                            }[];
                        };
                        overview: string | null;
                        runtime_ms: number | null;
                        released_at: string | null;
                        status: string | null;
                        genres: string[];
                        places: {
                            server_id: number;
                            name: string;
                            type: string;
                            parts: number;
                            cells: {
                                person: string;
                                account: string;
                                state: "open" | "part" | "watched" | "unknown" | "not-there";
                                watched: number;
                                parts: number;
                                known_at: string | null;
                                last: ("open" | "part" | "watched") | null;
                            }[];
                        }[];
                        copies: {
                            id: number;
                            server_id: number;
                            path: string | null;
                            size: number | null;
                            resolution: string | null;
                            added_at: string | null;
                            gone_at: string | null;
                        }[];
                        standings: {
                            person: string;
                            watched: boolean;
                            /** @description ISO 8601, UTC */
                            changed_at: string;
                            position_ms: number;
                            position_at: string | null;
                        }[];
                        seasons: {
                            season: number;
                            episodes: number;
                            held: number;
                            people: {
                                person: string;
                                watched: number;
                            }[];
                        }[];
                        requests: {
                            id: number;
                            desk_id: number;
                            desk: string;
                            status: string;
                            is_4k: boolean;
                            requested_by: string;
                            person: string | null;
                            /** @description ISO 8601, UTC */
                            requested_at: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getSeason": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
                season: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: {
                            id: number;
                            kind: string;
                            title: string;
                            year: number | null;
                            season: number | null;
                            episode: number | null;
                            series: {
                                id: number | null;
                                title: string;
                                year: number | null;
                                ids: {
                                    [key: string]: string;
                                };
                            } | null;
                            ids: {
                                [key: string]: string;
                            };
                        };
                        season: number;
                        episodes: {
                            id: number | null;
                            season: number;
                            number: number;
                            title: string | null;
                            aired_at: string | null;
                            runtime_ms: number | null;
                            server_ids: number[];
                            standings: {
                                person: string;
                                watched: boolean;
                                /** @description ISO 8601, UTC */
                                changed_at: string;
                                position_ms: number;
                                position_at: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getStory": {
        parameters: {
            query?: {
                person?: string;
                only?: "changes";
                offset?: number;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description ISO 8601, UTC */
                        now: string;
                        future: {
                            id: string;
                            kind: "requested" | "added" | "replaced" | "gone" | "watched" | "unwatched" | "stopped" | "told" | "waiting" | "rated" | "listed" | "conflict" | "merged" | "split" | "airs";
                            at: string | null;
                            from: string | null;
                            /** @description Usherr did it, or would */
                            ours: boolean;
                            person: string | null;
                            place: {
                                name: string;
                                type: string;
                                server_id: number | null;
                            } | null;
                            episodes: {
                                id: number;
                                season: number | null;
                                number: number | null;
                                title: string;
                            }[];
                            detail: {
                                how: string | null;
                                learned_at: string | null;
                                date_unknown: boolean;
                                position_ms: number | null;
                                action: ("mark" | "unmark" | "position") | null;
                                before: {
                                    watched: boolean;
                                    position_ms: number;
                                } | null;
                                outcome: ("confirmed" | "failed" | "unconfirmed" | "intended") | null;
                                fault: string | null;
                                since: string | null;
                                attempts: number | null;
                                rating: number | null;
                                list: string | null;
                                resolution: string | null;
                                size: number | null;
                                path: string | null;
                                status: string | null;
                                is_4k: boolean | null;
                                seasons: number[] | null;
                                other: string | null;
                                by: string | null;
                                settled: string | null;
                                reference: number | null;
                            };
                            why: {
                                rule: string;
                                facts: {
                                    place: string;
                                    value: string;
                                    how: string;
                                    at: string | null;
                                }[];
                                asked_by: string;
                            };
                        }[];
                        items: {
                            id: string;
                            kind: "requested" | "added" | "replaced" | "gone" | "watched" | "unwatched" | "stopped" | "told" | "waiting" | "rated" | "listed" | "conflict" | "merged" | "split" | "airs";
                            at: string | null;
                            from: string | null;
                            /** @description Usherr did it, or would */
                            ours: boolean;
                            person: string | null;
                            place: {
                                name: string;
                                type: string;
                                server_id: number | null;
                            } | null;
                            episodes: {
                                id: number;
                                season: number | null;
                                number: number | null;
                                title: string;
                            }[];
                            detail: {
                                how: string | null;
                                learned_at: string | null;
                                date_unknown: boolean;
                                position_ms: number | null;
                                action: ("mark" | "unmark" | "position") | null;
                                before: {
                                    watched: boolean;
                                    position_ms: number;
                                } | null;
                                outcome: ("confirmed" | "failed" | "unconfirmed" | "intended") | null;
                                fault: string | null;
                                since: string | null;
                                attempts: number | null;
                                rating: number | null;
                                list: string | null;
                                resolution: string | null;
                                size: number | null;
                                path: string | null;
                                status: string | null;
                                is_4k: boolean | null;
                                seasons: number[] | null;
                                other: string | null;
                                by: string | null;
                                settled: string | null;
                                reference: number | null;
                            };
                            why: {
                                rule: string;
                                facts: {
                                    place: string;
                                    value: string;
                                    how: string;
                                    at: string | null;
                                }[];
                                asked_by: string;
                            };
                        }[];
                        total: number;
                        offset: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.showMarks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    titles: number[];
                    season?: number;
                    episode?: number;
                    watched: boolean;
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: string;
                        watched: boolean;
                        /** @description Movies and episodes that change here */
                        titles: number;
                        already: number;
                        places: {
                            account: string;
                            server_id: number;
                            name: string;
                            type: string;
                            changes: number;
                            held: ("export-off" | "not-approved" | "not-answering") | null;
                            known_at: string | null;
                            left: {
                                reason: string;
                                count: number;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.markTitles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    titles: number[];
                    season?: number;
                    episode?: number;
                    watched: boolean;
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: string;
                        watched: boolean;
                        titles: number;
                        already: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listPlayable": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: number;
                        named: {
                            id: number;
                            kind: string;
                            title: string;
                            year: number | null;
                            season: number | null;
                            episode: number | null;
                            series: {
                                id: number | null;
                                title: string;
                                year: number | null;
                                ids: {
                                    [key: string]: string;
                                };
                            } | null;
                            ids: {
                                [key: string]: string;
                            };
                        };
                        /** @description Where the person stopped; 0 for the beginning */
                        position_ms: number;
                        watched: boolean;
                        files: {
                            /** @description Stands for the file; its path is not told */
                            key: string;
                            name: string;
                            accounts: string[];
                            playable: boolean;
                            reason: string | null;
                            duration_ms: number | null;
                            width: number | null;
                            height: number | null;
                            video: string | null;
                            audio: {
                                index: number;
                                codec: string;
                                language: string | null;
                                title: string | null;
                            }[];
                            subtitles: {
                                id: string;
                                name: string;
                                language: string | null;
                            }[];
                        }[];
                        recorded_for: string;
                        /** @description The person’s places that have it. `told`: whether they hear of what is played here */
                        recorded_on: {
                            account: string;
                            name: string;
                            type: string;
                            told: boolean;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listBegun": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: {
                            id: number;
                            kind: string;
                            title: string;
                            year: number | null;
                            season: number | null;
                            episode: number | null;
                            series: {
                                id: number | null;
                                title: string;
                                year: number | null;
                                ids: {
                                    [key: string]: string;
                                };
                            } | null;
                            ids: {
                                [key: string]: string;
                            };
                        };
                        /** @description In percent */
                        progress: number;
                        /** @description ISO 8601, UTC */
                        stopped_at: string;
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.startPlaying": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: number;
                    file?: string;
                    audio?: number;
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        /** @description An address of this API, for a player of HLS */
                        playlist: string;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getPlayed": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
                /** @description `master.m3u8`, `film.m3u8`, `0.ts`, `x0.m3u8` or `x0.vtt` */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A playlist, a segment or subtitles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.tellProgress": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: number;
                    state: "playing" | "paused" | "ended";
                    position_ms: number;
                    duration_ms: number;
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        progress: number;
                        /** @description It counts as watched by now */
                        watched: boolean;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getApproval": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app: {
                            client_id: string;
                            /** @description As it calls itself, or as it was registered: nobody vouches for it */
                            name: string;
                            /** @description Somebody here has approved or registered it before */
                            known: boolean;
                        };
                        road: "browser" | "device";
                        redirect: string | null;
                        scopes: ("media:read" | "media:write")[];
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                        /** @description Where somebody may prove who they are, besides their sign-in here */
                        sign_in: {
                            id: string;
                            title: string;
                            how: "password" | "browser";
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.signInForApproval": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    offer: string;
                    username: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string | null;
                        ticket: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.beginSignInAway": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    offer: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the person signs in, in a window of its own */
                        url: string;
                        title: string;
                        ticket: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.finishSignInAway": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ticket: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string | null;
                        ticket: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.decideApproval": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answer: "approve" | "refuse";
                    /** @description Of a sign-in elsewhere; else the sign-in here decides */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app: {
                            client_id: string;
                            /** @description As it calls itself, or as it was registered: nobody vouches for it */
                            name: string;
                            /** @description Somebody here has approved or registered it before */
                            known: boolean;
                        };
                        person: string;
                        redirect: string | null;
                        code: string | null;
                        link: string | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listLibrary": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                shelf?: ("movies" | "shows" | "anime")[];
                list?: ("watching" | "plantowatch" | "hold" | "completed" | "dropped")[];
                text?: string;
                rated?: boolean;
                sort?: "title" | "year" | "added" | "watched" | "rating" | "rated" | "changed";
                order?: "up" | "down";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            title: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            shelf: "movies" | "shows" | "anime";
                            list: "watching" | "plantowatch" | "hold" | "completed" | "dropped";
                            /** @description ISO 8601, UTC */
                            listed_since: string;
                            /** @description ISO 8601, UTC */
                            list_changed_at: string;
                            watched: number;
                            total: number;
                            not_aired: number;
                            last_watched_at: string | null;
                            last_watched: {
                                season: number;
                                number: number;
                            } | null;
                            next: {
                                season: number;
                                number: number;
                            } | null;
                            next_air_at: string | null;
                            rating: number | null;
                            rated_at: string | null;
                            memo: {
                                text: string;
                                private: boolean;
                            } | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.countLibrary": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lists: {
                            shelf: "movies" | "shows" | "anime";
                            list: "watching" | "plantowatch" | "hold" | "completed" | "dropped";
                            count: number;
                        }[];
                        ratings: {
                            shelf: "movies" | "shows" | "anime";
                            rating: number;
                            count: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listUpNext": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            show: {
                                title: {
                                    id: number;
                                    kind: string;
                                    title: string;
                                    year: number | null;
                                    season: number | null;
                                    episode: number | null;
                                    series: {
                                        id: number | null;
                                        title: string;
                                        year: number | null;
                                        ids: {
                                            [key: string]: string;
                                        };
                                    } | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                };
                                shelf: "movies" | "shows" | "anime";
                                list: "watching" | "plantowatch" | "hold" | "completed" | "dropped";
                                /** @description ISO 8601, UTC */
                                listed_since: string;
                                /** @description ISO 8601, UTC */
                                list_changed_at: string;
                                watched: number;
                                total: number;
                                not_aired: number;
                                last_watched_at: string | null;
                                last_watched: {
                                    season: number;
                                    number: number;
                                } | null;
                                next: {
                                    season: number;
                                    number: number;
                                } | null;
                                next_air_at: string | null;
                                rating: number | null;
                                rated_at: string | null;
                                memo: {
                                    text: string;
                                    private: boolean;
                                } | null;
                            };
                            episode: {
                                id: number | null;
                                season: number;
                                number: number;
                                title: string | null;
                                aired_at: string | null;
                                runtime_ms: number | null;
                            } | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    } & {
                        coming: {
                            show: {
                                title: {
                                    id: number;
                                    kind: string;
                                    title: string;
                                    year: number | null;
                                    season: number | null;
                                    episode: number | null;
                                    series: {
                                        id: number | null;
                                        title: string;
                                        year: number | null;
                                        ids: {
                                            [key: string]: string;
                                        };
                                    } | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                };
                                shelf: "movies" | "shows" | "anime";
                                list: "watching" | "plantowatch" | "hold" | "completed" | "dropped";
                                /** @description ISO 8601, UTC */
                                listed_since: string;
                                /** @description ISO 8601, UTC */
                                list_changed_at: string;
                                watched: number;
                                total: number;
                                not_aired: number;
                                last_watched_at: string | null;
                                last_watched: {
                                    season: number;
                                    number: number;
                                } | null;
                                next: {
                                    season: number;
                                    number: number;
                                } | null;
                                next_air_at: string | null;
                                rating: number | null;
                                rated_at: string | null;
                                memo: {
                                    text: string;
                                    private: boolean;
                                } | null;
                            };
                            episode: {
                                id: number | null;
                                season: number;
                                number: number;
                                title: string | null;
                                aired_at: string | null;
                                runtime_ms: number | null;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getAbout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: string;
                        /** @description As SPDX spells it */
                        licence: string;
                        /** @description ISO 8601, UTC */
                        started_at: string;
                        runtime: string;
                        data_folder: {
                            path: string;
                            bytes: number;
                        };
                        database: {
                            kind: "sqlite" | "postgres";
                            /** @description Without its password */
                            place: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getWhoIsWho": {
        parameters: {
            query?: {
                anew?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        server: {
                            id: number;
                            type: string;
                            name: string;
                            url: string;
                        };
                        state: "known" | "unknown";
                        read_at: string | null;
                        fault: {
                            code: string;
                            message: string;
                        } | null;
                        accounts: {
                            id: number;
                            name: string;
                            person: string;
                            user: {
                                id: string;
                                name: string | null;
                            };
                            consent: "pending" | "given";
                            pin: boolean | null;
                        }[];
                        users: {
                            id: string;
                            name: string;
                            admin: boolean;
                            guest: boolean;
                            /** @description Needs a PIN to be switched to */
                            protected: boolean;
                            disabled: boolean;
                            /** @description Accounts here that are this user */
                            accounts: number[];
                            suggestions: {
                                person: string;
                                evidence: {
                                    kind: "same-user" | "requests" | "same-email" | "same-name";
                                    /** @description The server or the place of requests that says so; empty: the list of people here */
                                    place: string;
                                    name: string;
                                }[];
                            }[];
                        }[];
                    }[];
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.joinUser": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    server: number;
                    user: string;
                    person: string;
                    pin?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        person: string;
                        server: {
                            id: number;
                            type: string;
                            name: string;
                            url: string;
                            uuid: string;
                            version: string;
                        };
                        user: {
                            id: string;
                            name: string | null;
                        };
                        import: boolean;
                        export: boolean;
                        metadata_only: boolean;
                        never_unwatch: boolean;
                        consent: "pending" | "given";
                        options: {
                            [key: string]: unknown;
                        };
                        last_import: string | null;
                        last_export: string | null;
                        health: {
                            state: "unknown" | "ok" | "degraded";
                            last_error: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                code: string;
                                message: string;
                            } | null;
                            last_event_at: string | null;
                            last_event: string | null;
                        };
                        pushes: {
                            waiting: number;
                            failed: number;
                        };
                        /** @description ISO 8601, UTC */
                        created_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setPin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pin: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.forgetPin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.previewProvisioning": {
        parameters: {
            query?: {
                anew?: boolean;
                single?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: string[];
                        /** @description Others than `main` have accounts already */
                        has_people: boolean;
                        has_mapping: boolean;
                        matched: {
                            person: string;
                            members: {
                                /** @description The account of `main` on whose server the user is */
                                account: string;
                                id: string;
                                name: string;
                                protected: boolean;
                                has_pin: boolean;
                                reason: string | null;
                            }[];
                        }[];
                        unmatched: {
                            /** @description The account of `main` on whose server the user is */
                            account: string;
                            id: string;
                            name: string;
                            protected: boolean;
                            has_pin: boolean;
                            reason: string | null;
                        }[];
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.provision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mode: "create" | "update" | "recreate";
                    /**
                     * @description Only show; true unless told
                     * @default true
                     */
                    dry_run?: boolean;
                    /** @default true */
                    backup?: boolean;
                    /** @default false */
                    new_tokens?: boolean;
                    /**
                     * @description Each user of the only server is a person
                     * @default false
                     */
                    single?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dry_run: boolean;
                        people: {
                            person: string;
                            members: {
                                /** @description The account of `main` on whose server the user is */
                                account: string;
                                id: string;
                                name: string;
                                protected: boolean;
                                has_pin: boolean;
                                reason: string | null;
                            }[];
                        }[];
                        failed: {
                            person: string;
                            account: string;
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getMapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        people: {
                            person: string;
                            members: {
                                account: string;
                                user: string;
                                has_pin: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.setMapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    people: {
                        person: string;
                        members: {
                            account: string;
                            user: string;
                            /** @description Absent: the one that is kept stays. Empty: it goes */
                            pin?: string;
                        }[];
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        people: {
                            person: string;
                            members: {
                                account: string;
                                user: string;
                                has_pin: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.followLinks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dry_run: boolean;
                        updated: {
                            person: string;
                            account: string;
                            source: string;
                        }[];
                        skipped: {
                            person: string;
                            account: string;
                            reason: string;
                        }[];
                        failed: {
                            person: string;
                            account: string;
                            reason: string;
                        }[];
                        count: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listPlays": {
        parameters: {
            query?: {
                page?: number;
                per_page?: number;
                person?: string;
                from?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            title: {
                                id: number;
                                kind: string;
                                title: string;
                                year: number | null;
                                season: number | null;
                                episode: number | null;
                                series: {
                                    id: number | null;
                                    title: string;
                                    year: number | null;
                                    ids: {
                                        [key: string]: string;
                                    };
                                } | null;
                                ids: {
                                    [key: string]: string;
                                };
                            };
                            /** @description ISO 8601, UTC */
                            at: string;
                            account: string | null;
                            how: string | null;
                            event: string | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getLibraryStats": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        movies: {
                            minutes: number;
                            /** @description Of the last seven days */
                            week_minutes: number;
                            lists: {
                                watching: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                plantowatch: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                hold: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                completed: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                dropped: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                            };
                        };
                        shows: {
                            minutes: number;
                            /** @description Of the last seven days */
                            week_minutes: number;
                            lists: {
                                watching: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                plantowatch: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                hold: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                completed: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                dropped: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                            };
                        };
                        anime: {
                            minutes: number;
                            /** @description Of the last seven days */
                            week_minutes: number;
                            lists: {
                                watching: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                plantowatch: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                hold: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                completed: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                                dropped: {
                                    count: number;
                                    minutes: number;
                                    watched: number;
                                    total: number;
                                    /** @description Episodes that are out and not watched */
                                    left: number;
                                    left_minutes: number;
                                };
                            };
                        };
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getLibraryChart": {
        parameters: {
            query?: {
                person?: string;
                step?: "day" | "month" | "year";
                count?: number;
                /** @description Such as Europe/Berlin */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        step: "day" | "month" | "year";
                        zone: string;
                        steps: {
                            /** @description Such as 2026-11-26, 2026-11 or 2026 */
                            name: string;
                            movies: {
                                plays: number;
                                minutes: number;
                            };
                            shows: {
                                plays: number;
                                minutes: number;
                            };
                            anime: {
                                plays: number;
                                minutes: number;
                            };
                        }[];
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.getStanding": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: number;
                        kind: "movie" | "show";
                        shelf: "movies" | "shows" | "anime";
                        list: ("watching" | "plantowatch" | "hold" | "completed" | "dropped") | null;
                        listed_since: string | null;
                        rating: number | null;
                        rated_at: string | null;
                        memo: {
                            text: string;
                            private: boolean;
                        } | null;
                        /** @description Regular episodes of a show that are watched */
                        watched: number;
                        total: number;
                        not_aired: number;
                        last_watched_at: string | null;
                        next: {
                            season: number;
                            number: number;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.rateTitle": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rating: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: number;
                        kind: "movie" | "show";
                        shelf: "movies" | "shows" | "anime";
                        list: ("watching" | "plantowatch" | "hold" | "completed" | "dropped") | null;
                        listed_since: string | null;
                        rating: number | null;
                        rated_at: string | null;
                        memo: {
                            text: string;
                            private: boolean;
                        } | null;
                        /** @description Regular episodes of a show that are watched */
                        watched: number;
                        total: number;
                        not_aired: number;
                        last_watched_at: string | null;
                        next: {
                            season: number;
                            number: number;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.unrateTitle": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: number;
                        kind: "movie" | "show";
                        shelf: "movies" | "shows" | "anime";
                        list: ("watching" | "plantowatch" | "hold" | "completed" | "dropped") | null;
                        listed_since: string | null;
                        rating: number | null;
                        rated_at: string | null;
                        memo: {
                            text: string;
                            private: boolean;
                        } | null;
                        /** @description Regular episodes of a show that are watched */
                        watched: number;
                        total: number;
                        not_aired: number;
                        last_watched_at: string | null;
                        next: {
                            season: number;
                            number: number;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.listTitle": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    list: "watching" | "plantowatch" | "hold" | "completed" | "dropped";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: number;
                        kind: "movie" | "show";
                        shelf: "movies" | "shows" | "anime";
                        list: ("watching" | "plantowatch" | "hold" | "completed" | "dropped") | null;
                        listed_since: string | null;
                        rating: number | null;
                        rated_at: string | null;
                        memo: {
                            text: string;
                            private: boolean;
                        } | null;
                        /** @description Regular episodes of a show that are watched */
                        watched: number;
                        total: number;
                        not_aired: number;
                        last_watched_at: string | null;
                        next: {
                            season: number;
                            number: number;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.unlistTitle": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: number;
                        kind: "movie" | "show";
                        shelf: "movies" | "shows" | "anime";
                        list: ("watching" | "plantowatch" | "hold" | "completed" | "dropped") | null;
                        listed_since: string | null;
                        rating: number | null;
                        rated_at: string | null;
                        memo: {
                            text: string;
                            private: boolean;
                        } | null;
                        /** @description Regular episodes of a show that are watched */
                        watched: number;
                        total: number;
                        not_aired: number;
                        last_watched_at: string | null;
                        next: {
                            season: number;
                            number: number;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.noteTitle": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    /** @default true */
                    private?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: number;
                        kind: "movie" | "show";
                        shelf: "movies" | "shows" | "anime";
                        list: ("watching" | "plantowatch" | "hold" | "completed" | "dropped") | null;
                        listed_since: string | null;
                        rating: number | null;
                        rated_at: string | null;
                        memo: {
                            text: string;
                            private: boolean;
                        } | null;
                        /** @description Regular episodes of a show that are watched */
                        watched: number;
                        total: number;
                        not_aired: number;
                        last_watched_at: string | null;
                        next: {
                            season: number;
                            number: number;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    "app.unnoteTitle": {
        parameters: {
            query?: {
                person?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: number;
                        kind: "movie" | "show";
                        shelf: "movies" | "shows" | "anime";
                        list: ("watching" | "plantowatch" | "hold" | "completed" | "dropped") | null;
                        listed_since: string | null;
                        rating: number | null;
                        rated_at: string | null;
                        memo: {
                            text: string;
                            private: boolean;
                        } | null;
                        /** @description Regular episodes of a show that are watched */
                        watched: number;
                        total: number;
                        not_aired: number;
                        last_watched_at: string | null;
                        next: {
                            season: number;
                            number: number;
                        } | null;
                    };
                };
            };
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description What went wrong, in one word of a closed list */
                            code: string;
                            /** @description For people: what happened, where, what to do */
                            message: string;
                            fields?: {
                                field: string;
                                message: string;
                            }[];
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
}
