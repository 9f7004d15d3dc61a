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
        patch?: never;
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
        /** What the house does by the clock */
        get: operations["app.listTasks"];
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
                verb?: string;
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
}
