// Made by `npm run generate` of openapi.json, sha256 d368bf20f537a9e0bd1446eba6fcc9621d6c384221e5d11911098822cce72f1c. Don't edit.
export interface paths {
    "/ai/activity/analyze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Analyze Activity
         * @description What somebody's posts tell: topics, a way to begin, when they post. Every sentence rests on words of a post.
         *
         *     Nothing is kept but the run's record. Asked again after a failure, it goes on where it broke off.
         */
        post: operations["analyzeActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ai/outreach/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compose Outreach
         * @description Write a first message to a lead, and a connection request and a follow-up when wanted; each is kept as a draft.
         *
         *     Each is checked as `/leads/{id}/generate-outreach` says. For members and above.
         */
        post: operations["composeOutreach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ai/outreach/generate/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compose Outreach Batch
         * @description Write first messages to many leads. What fails for one lead is told of that lead; the rest is written.
         *
         *     More than 20 leads, all of one campaign, are written to by a job.
         */
        post: operations["composeOutreachBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Me
         * @description The caller and their workspaces. The first call of a new user makes their account.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/stream-tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Stream Ticket
         * @description Issue a ticket for a GET stream, for clients that can't send a header (EventSource).
         */
        post: operations["createStreamTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Campaign In Workspace
         * @description Make a campaign in the workspace the body names. For members and above.
         */
        post: operations["createCampaignInWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Campaign
         * @description One campaign, with its experiment and what its leads add up to.
         */
        get: operations["getCampaign"];
        /**
         * Update Campaign
         * @description Change what is sent; null clears, absent leaves as it is. For members and above.
         *
         *     A status moves only along its table (pause and resume are moves); 409 says which moves are legal. Another experiment
         *     can be named only while there are no leads.
         */
        put: operations["updateCampaign"];
        post?: never;
        /**
         * Delete Campaign
         * @description Delete a campaign; its leads leave the lists with it. For members and above.
         */
        delete: operations["deleteCampaign"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Campaign Activities
         * @description What happened in a campaign, newest first.
         */
        get: operations["listCampaignActivities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Campaign Leads
         * @description A campaign's leads.
         */
        get: operations["listCampaignLeads"];
        put?: never;
        /**
         * Add Leads
         * @description Add one lead, or several as `{"leads": [...]}`. For members and above.
         *
         *     Who is in the workspace already (by LinkedIn profile or e-mail address) is not added again: 409 with `leadId` for
         *     one, `duplicates` for several. A company belongs to one experiment of the workspace: 409 or `rejected`.
         */
        post: operations["addLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/leads/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add Lead Batch
         * @description Add several leads; what can't be added is reported beside those that were. For members and above.
         */
        post: operations["addLeadBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/leads/enrich": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enrich Leads
         * @description Start a job that enriches leads of a campaign: those named, or `all`, at most 100,000. For members and above.
         *
         *     A lead that can't be enriched is told in the job's `failures` and holds up nobody. When the budget is used up on the
         *     way, the leads that are left are told as `budget_exceeded`.
         */
        post: operations["enrichLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/leads/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Leads
         * @description Add the leads of a CSV file, and report each row that was not added. For members and above.
         *
         *     Fields: fullName (or firstName and lastName), jobTitle, company, companyDomain, linkedinUrl, email, phone, location,
         *     avatarUrl, aiSummary, relevanceScore, outboundMessage. The same file again adds nothing twice.
         */
        post: operations["importLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/leads/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Score Leads
         * @description Score leads 0 to 100 against the design of the campaign's experiment, from their stored fields alone.
         *
         *     `relevanceReasons` then names for each criterion the field that shows it, and what it earned.
         */
        post: operations["scoreLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/leads/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search Leads
         * @description Start a job that looks for people who match filters, and makes those leads who are none yet. For members and above.
         *
         *     Half a credit a person looked at, at most `budget`; people the Client looked at by the same filters this month are free.
         *     Companies that several arms of a set look for are given to one of them at random.
         */
        post: operations["searchLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/outreach/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate Campaign Outreach
         * @description Start a job that writes to leads of a campaign: those named, or `all`. For members and above.
         *
         *     A lead for whom an unsent message of this format and place in the sequence is waiting keeps that. A lead that fails is told in
         *     the job's `failures` and holds up nobody; one that is declined counts as done.
         */
        post: operations["generateCampaignOutreach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/scale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Scale Campaign
         * @description Start a job that gives a campaign more leads: found by its experiment's filters, enriched, a message drafted for each.
         *
         *     For members and above. It adds as many as are missing and as the budget pays for, at most 1,000, and sets a paused campaign
         *     going. Nothing is sent: drafts wait for a person. To cancel it cancels the search, enrichment and drafting it has started.
         */
        post: operations["scaleCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/experiments/{experiment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Experiment
         * @description One experiment.
         */
        get: operations["getExperiment"];
        /**
         * Update Experiment
         * @description Change what is sent; null clears, absent leaves as it is. For members and above.
         *
         *     A status moves only along its table; 409 says which moves are legal. Type and design are fixed once leads are
         *     looked for.
         */
        put: operations["updateExperiment"];
        post?: never;
        /**
         * Delete Experiment
         * @description Remove an experiment; its campaigns stay. For members and above.
         */
        delete: operations["deleteExperiment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/experiments/{experiment_id}/filters/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Regenerate Experiment Filters
         * @description Draft an experiment's filters anew, move them to the band, and save them in the experiment. For members and above.
         *
         *     What it tests stays as it is saved. Once leads were looked for nothing is changed (`saved` is false): a wider arm is then
         *     approved by PUT on the experiment, which the audit log keeps.
         */
        post: operations["regenerateExperimentFilters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{export_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Export
         * @description The file of a finished export; its id is its job's. For members and above. 409 while it is not finished.
         */
        get: operations["downloadExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/filters/optimize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Optimize Filters
         * @description Find filters whose count lies in the band, in at most 8 counts, and show what was counted. For members and above.
         *
         *     Counting costs no credits. What an experiment tests is never moved. Nothing is saved; asked again after a failure, it
         *     goes on where it broke off.
         */
        post: operations["optimizeFilters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/filters/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Regenerate Filters
         * @description The same with filters drafted anew from the text, the hypothesis or the experiment. Nothing is saved.
         */
        post: operations["regenerateFilters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description Tell that the process is alive; looks at nothing else.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept Invitation
         * @description Join a workspace with an invitation's token, which works once.
         */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/workspace/{workspace_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Workspace Jobs
         * @description The workspace's jobs, newest first.
         */
        get: operations["listWorkspaceJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Job
         * @description How a job stands. A finished job can be read for a day, a failed one for a week.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Job
         * @description Cancel a job: what has not begun never will, what is under way stops within a second. 409 when it is over.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow Job
         * @description How a job stands, each time it changes, until it is over: server-sent events, each a state as `GET /jobs/{jobId}` tells it.
         */
        get: operations["followJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job_id}/items/{item_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve Job Item
         * @description Decide about an item that needs review: nobody knows whether it cost credits already. For members and above.
         *
         *     `retry` does it again, and the job goes on; `drop` leaves it. 409 when the item does not wait for a review.
         */
        post: operations["resolveJobItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leads/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change Many Leads
         * @description Move, judge, bring to another campaign, or delete many leads at once, all in one transaction. For members and above.
         *
         *     What can't be done to some (an illegal move, a company of another experiment) is `refused` with the reason; the rest
         *     is done.
         */
        post: operations["changeManyLeads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leads/{lead_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Lead
         * @description One lead.
         */
        get: operations["getLead"];
        /**
         * Update Lead
         * @description Change what is sent; null clears, absent leaves as it is. For members and above.
         *
         *     A status moves only along its table; 409 says which moves are legal. 409 too for the profile or address of another
         *     lead, and for a company of another experiment. Messages queued for somebody who turns out to be suppressed become
         *     drafts again.
         */
        put: operations["updateLead"];
        post?: never;
        /**
         * Delete Lead
         * @description Remove a lead with its messages and signals. For members and above.
         */
        delete: operations["deleteLead"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leads/{lead_id}/enrich": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enrich Lead
         * @description Start a job that enriches a lead. For members and above.
         *
         *     It costs credits of the workspace's budget, unless the Client has bought this of the person before: then it is copied.
         */
        post: operations["enrichLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leads/{lead_id}/generate-outreach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate Outreach
         * @description Write a message from what is stored about the lead, check it by code, and keep it as a draft; or say why not.
         *
         *     Every sentence that names somebody, a number, a date or an event rests on evidence, or the message is declined.
         *     With `Prefer: respond-async` a job writes it. For members and above. The same while it is being written: 409.
         */
        post: operations["generateOutreach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leads/{lead_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Messages
         * @description The messages to a lead, oldest first.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Create Message
         * @description Keep a draft that you wrote; its lead becomes `drafted`. For members and above.
         */
        post: operations["createMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leads/{lead_id}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log Lead Outcome
         * @description Say what came of a lead, in whatever status it is. An answer moves a lead that was written to. For members and above.
         */
        post: operations["logLeadOutcome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leads/{lead_id}/outreach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Outreach
         * @description The history of the outreach to a lead: its messages, newest first.
         */
        get: operations["listOutreach"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/leads/{lead_id}/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Signals
         * @description What was noticed about a lead, newest first, each with what it rests on.
         */
        get: operations["listSignals"];
        put?: never;
        /**
         * Create Signal
         * @description Keep what you noticed about a lead. For members and above.
         *
         *     Quotes of a page are looked for in what this workspace read there (`POST /scrape/website`): 422 when they are not found.
         */
        post: operations["createSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Message
         * @description One message.
         */
        get: operations["getMessage"];
        /**
         * Update Message
         * @description Change what is sent; null clears, absent leaves as it is. For members and above.
         *
         *     `status` moves the message and its lead: `scheduled` queues both, `draft` takes them back, `sent` and `replied` note
         *     what a person did and heard. A lead that is suppressed, and a draft that failed a check, can't be queued: 409.
         */
        put: operations["updateMessage"];
        post?: never;
        /**
         * Delete Message
         * @description Remove a draft or a queued message; its lead goes back. What was sent stays: 409. For members and above.
         */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/persons/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase Person
         * @description Erase a person: leads, messages, signals, runs with their checkpoints, and their name in talks. It can't be undone.
         *
         *     Leads that were written to are emptied instead of removed, so that rates stay true. What people wrote of their own
         *     company is not changed: `places` names the fields to look at. For the same people as the export.
         */
        delete: operations["erasePerson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/persons/{person_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Person
         * @description All that is stored about a person, in every workspace of the organisation.
         *
         *     For admins of the organisation, and for who is admin in every workspace in which the person is a lead.
         */
        get: operations["exportPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description Tell whether Postgres, Redis and the schema are there; 503 names what is missing.
         */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scrape/website": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Scrape Website
         * @description Read a website: its text without clutter, title, description and icon. With a workspace, the reading is kept there.
         *
         *     Asked again after a failure, it goes on where it broke off: nothing is fetched or paid for twice.
         */
        post: operations["scrapeWebsite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scraper/website": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Scrape Website Alias
         * @description The same as `/scrape/website`, under the plan's other name.
         */
        post: operations["scrapeWebsiteAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/wiza": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note Wiza Callback
         * @description Note that Wiza has news; told twice, late or early it changes nothing.
         */
        post: operations["noteWizaCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Workspaces
         * @description The workspaces the caller is a member of, oldest first.
         */
        get: operations["listWorkspaces"];
        put?: never;
        /**
         * Create Workspace
         * @description Make a workspace; the caller becomes its owner.
         */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Workspace
         * @description One workspace, with the caller's role and the newest talk.
         */
        get: operations["getWorkspace"];
        /**
         * Update Workspace
         * @description Change what is sent; null clears, absent leaves as it is. For members and above.
         */
        put: operations["updateWorkspace"];
        post?: never;
        /**
         * Delete Workspace
         * @description Stop what runs and remove the workspace with all that is in it. For owners; it can't be undone.
         */
        delete: operations["deleteWorkspace"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Audit
         * @description Who changed what, newest first. For admins and owners.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Budget
         * @description The limits, and what counts against them now. Without a limit for credits nothing paid is begun.
         */
        get: operations["getBudget"];
        /**
         * Update Budget
         * @description Change what is sent; null takes a limit away, absent leaves it as it is. For admins and owners.
         */
        put: operations["updateBudget"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Campaigns
         * @description The workspace's campaigns, without deleted ones.
         */
        get: operations["listCampaigns"];
        put?: never;
        /**
         * Create Campaign
         * @description Make a campaign, `active` or `paused`. For members and above.
         */
        post: operations["createCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat
         * @description Say something to the discovery agent; its answer is streamed in the AI SDK's form unless asked otherwise.
         *
         *     With `Prefer: respond-async` a job runs the turn, and its output holds the answer; approvals and another answer to the
         *     same message are streamed nevertheless.
         */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/chat/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stream Chat
         * @description The same, in the plain form unless the body is the AI SDK's.
         */
        post: operations["streamChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/chat/{sid}/approvals/{approval_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer Approval
         * @description Say yes or no to what the agent wants to do; the turn that goes on is the answer.
         */
        post: operations["answerApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/chat/{sid}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop Chat
         * @description Stop the running turn and keep its text. Harmless when nothing runs.
         */
        post: operations["stopChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/chat/{sid}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Resume Chat Stream
         * @description Come back to the running turn: all of it from its start, or what follows `Last-Event-ID`.
         */
        get: operations["resumeChatStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give Discovery Feedback
         * @description Rate the talk from 1 to 5.
         */
        post: operations["giveDiscoveryFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Discovery History
         * @description The talk of the workspace's newest session, or of the one named.
         */
        get: operations["getDiscoveryHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Discovery Sessions
         * @description The workspace's sessions, newest first.
         */
        get: operations["listDiscoverySessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/sessions/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Discovery Session
         * @description One session with its talk, and what the agent's messages showed beside their text.
         */
        get: operations["getDiscoverySession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/discovery/sessions/{sid}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete Discovery Session
         * @description Close the talk. Nothing can be said in it afterwards; a new session knows what was saved.
         */
        post: operations["completeDiscoverySession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Experiments
         * @description The workspace's experiments.
         */
        get: operations["listExperiments"];
        put?: never;
        /**
         * Create Experiments
         * @description Save one experiment, or several as `{"experiments": [...]}`, which answers the list. For members and above.
         *
         *     Five with designs, one of each type, are a set and have to keep all rules of a set.
         */
        post: operations["createExperiments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/experiments/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Experiment Batch
         * @description Save several experiments, all or none, in the order sent. For members and above.
         */
        post: operations["createExperimentBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/experiments/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Experiments
         * @description The experiments side by side: each one's rate with its interval, and each arm beside its bullseye.
         *
         *     A verdict comes once, at the sample that was fixed before, or earlier by a method that daily looking doesn't break;
         *     until then `not_enough_data` says how many more leads are needed.
         */
        get: operations["compareExperiments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/experiments/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate Experiments
         * @description Make the experiments of a conversation as a job: the set it proposed, or a new one from what was said in it.
         *
         *     The set has to keep all rules of a set; one that breaks a rule fails the job with the rule's name, and nothing is
         *     saved. The job's output holds the saved experiments. For members and above; 409 while an answer is being written.
         */
        post: operations["generateExperiments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Export
         * @description Make a file of the workspace's leads, messages, campaigns, experiments or activities. For members and above.
         *
         *     The file shows one moment. Ask for the job at `/jobs/{jobId}`; once it is completed its `output` says where the file
         *     is. The file lives as long as the job can be read, a day. In CSV what a spreadsheet would run begins with `'`.
         */
        post: operations["startExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw Invitation
         * @description Take an open invitation back. For admins and owners.
         */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Workspace Leads
         * @description The workspace's leads over all campaigns, without those of deleted ones.
         */
        get: operations["listWorkspaceLeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Members
         * @description The members; for admins and owners the open invitations follow them.
         */
        get: operations["listMembers"];
        put?: never;
        /**
         * Invite Member
         * @description Invite somebody, at most to one's own role. Nothing sends mail: pass the `inviteToken` on; it is shown this once.
         *
         *     An open invitation of the same address is replaced. For admins and owners.
         */
        post: operations["inviteMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Member
         * @description Change a member's role, at most to one's own; an owner who sets `owner` hands the workspace over.
         *
         *     Anybody may lower their own role, but the last owner stays (409). For admins and owners.
         */
        put: operations["changeMember"];
        post?: never;
        /**
         * Remove Member
         * @description Leave a workspace, or as admin or owner remove somebody. The last owner stays (409).
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/onboarding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Onboarding
         * @description The saved answers; 404 when nothing was ever saved.
         */
        get: operations["getOnboarding"];
        /**
         * Save Onboarding
         * @description Replace the answers with these. For members and above.
         */
        put: operations["saveOnboarding"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/sender": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Sender
         * @description Who writes the outreach; empty until it is first saved.
         */
        get: operations["getSender"];
        /**
         * Update Sender
         * @description Change what is sent; null clears, absent leaves as it is. For admins and owners.
         */
        put: operations["updateSender"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Suppressions
         * @description Whom the workspace must not write to, oldest first, masked.
         */
        get: operations["listSuppressions"];
        put?: never;
        /**
         * Create Suppression
         * @description Forbid writing to an address, a domain or a LinkedIn profile. For members and above.
         *
         *     Messages that are queued for them become drafts again. One that is there already is answered with 200; a reason
         *     that lasts takes the place of one that doesn't.
         */
        post: operations["createSuppression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/suppressions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Suppressions
         * @description Suppress everybody in a CSV file, and report each row that was not added. For members and above.
         *
         *     Columns: kind and value, or one of email, domain and linkedin; reason may be there too. The same file again adds
         *     nothing twice.
         */
        post: operations["importSuppressions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/suppressions/{suppression_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Suppression
         * @description Allow writing again. For admins and owners. What somebody asked for (`opt_out`, `complaint`, `legal`) lasts: 409.
         */
        delete: operations["deleteSuppression"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Usage
         * @description What was spent, added up by day, campaign, graph and model, newest day first. At most a year at once.
         */
        get: operations["listUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspace_id}/worldview/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate Worldview
         * @description Write the company's view of itself from onboarding and website, each statement with its source, and keep it.
         *
         *     Nothing of the database is held while the model writes. Asked again after a failure, it goes on where it broke off.
         */
        post: operations["generateWorldview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ActivityQuote
         * @description A statement and the words of a post that carry it.
         */
        ActivityQuote: {
            /**
             * Quote
             * @description The words it rests on; they were found in the post.
             */
            quote: string;
            /**
             * Source
             * @description The post: its address if it has one, else `post:<number>` from 1.
             */
            source: string;
            /**
             * Text
             * @description The statement.
             */
            text: string;
        };
        /**
         * ActivityRequest
         * @description Somebody's posts, and who wants to write to them.
         * @example {
         *       "rawActivity": [
         *         {
         *           "text": "Still planning crews by hand, and now we hire two dispatchers."
         *         }
         *       ],
         *       "senderContext": "Tidewerk plans crews for harbour tugs."
         *     }
         */
        ActivityRequest: {
            /**
             * Rawactivity
             * @description The posts: a text with a blank line between them, or a list of at most 200 texts or objects.
             */
            rawActivity: string | (components["schemas"]["Post"] | string)[];
            /**
             * Sendercontext
             * @description Who writes and what they offer: text, or an object with `company` and more.
             */
            senderContext?: {
                [key: string]: unknown;
            } | string | null;
            /**
             * Workspaceid
             * @description The workspace it counts against; left out, the caller's default one.
             */
            workspaceId?: number | null;
        };
        /**
         * ActivityType
         * @description What happened in a campaign: the plan's words, then those for moves it has none for.
         * @enum {string}
         */
        ActivityType: "campaign_created" | "discovery_started" | "discovery_completed" | "leads_found" | "leads_enriched" | "outreach_generated" | "lead_contacted" | "lead_responded" | "meeting_booked" | "campaign_paused" | "campaign_resumed" | "error_occurred" | "campaign_completed" | "campaign_archived" | "lead_moved" | "outcome_logged";
        /**
         * AiBatchItem
         * @description What became of one lead of a batch.
         * @example {
         *       "error": null,
         *       "leadId": 18,
         *       "message": {
         *         "body": "Hi Jonna,\n\nBrennholt is hiring two crew planners for the night desk. …",
         *         "connectionRequest": null,
         *         "declined": null,
         *         "followUp": null,
         *         "messageIds": [
         *           31
         *         ],
         *         "notWritten": [],
         *         "subject": "planners for the night desk"
         *       }
         *     }
         */
        AiBatchItem: {
            /**
             * Error
             * @description Why it failed, for people.
             */
            error: string | null;
            /**
             * Leadid
             * @description The lead.
             */
            leadId: number;
            /** @description The texts; null when it failed. */
            message: components["schemas"]["AiOutreachRead"] | null;
        };
        /**
         * AiBatchRequest
         * @description First messages to many leads.
         * @example {
         *       "leadIds": [
         *         18,
         *         19
         *       ]
         *     }
         */
        AiBatchRequest: {
            /**
             * Leadids
             * @description The leads. More than 20 become a job; they must be of one campaign.
             */
            leadIds: number[];
            /**
             * Tone
             * @description How it should sound.
             */
            tone?: string | null;
        };
        /**
         * AiOutreachRead
         * @description The texts that were written; each is kept as a draft.
         * @example {
         *       "body": "Hi Jonna,\n\nBrennholt is hiring two crew planners for the night desk. …",
         *       "connectionRequest": null,
         *       "declined": null,
         *       "followUp": null,
         *       "messageIds": [
         *         31
         *       ],
         *       "notWritten": [],
         *       "subject": "planners for the night desk"
         *     }
         */
        AiOutreachRead: {
            /**
             * Body
             * @description The first message's text; null when declined.
             */
            body: string | null;
            /**
             * Connectionrequest
             * @description The note, when one was asked for and written.
             */
            connectionRequest: string | null;
            /** @description Why there is no first message. */
            declined: components["schemas"]["DeclinedRead"] | null;
            /**
             * Followup
             * @description The follow-up, when one was asked for and written.
             */
            followUp: string | null;
            /**
             * Messageids
             * @description The drafts: first message, note, follow-up.
             */
            messageIds: number[];
            /**
             * Notwritten
             * @description What was asked for beside a first message that is kept, and is not there. Ask for it with its format at /leads/{id}/generate-outreach.
             */
            notWritten: components["schemas"]["NotWritten"][];
            /**
             * Subject
             * @description The first message's subject, where its channel has one.
             */
            subject: string | null;
        };
        /**
         * AiOutreachRequest
         * @description A first message to a lead, with a connection request and a follow-up when wanted.
         * @example {
         *       "includeFollowUp": true,
         *       "leadId": 18
         *     }
         */
        AiOutreachRequest: {
            /**
             * Context
             * @description What the writer should heed. Facts come from what is stored, never from here.
             */
            context?: string | {
                [key: string]: unknown;
            } | null;
            /**
             * Includeconnectionrequest
             * @description Whether a LinkedIn note is written too.
             * @default false
             */
            includeConnectionRequest?: boolean;
            /**
             * Includefollowup
             * @description Whether a follow-up is written too.
             * @default false
             */
            includeFollowUp?: boolean;
            /**
             * Leadid
             * @description To whom.
             */
            leadId: number;
            /**
             * Tone
             * @description How it should sound.
             */
            tone?: string | null;
        };
        /**
         * AiSdkBody
         * @description What `useChat` of the npm package `ai` sends.
         */
        AiSdkBody: {
            /**
             * Id
             * @description The client's chat id, or our session id in digits.
             */
            id: string;
            /**
             * Messageid
             * @description As `useChat` sets it; not needed.
             */
            messageId?: string | null;
            /**
             * Messages
             * @description UI messages; only the newest of the user and approval answers are read.
             */
            messages: {
                [key: string]: unknown;
            }[];
            /**
             * Protocol
             * @description `ai-7` for clients with version 7 of the package; the transport's `body` can say it.
             * @default ai-6
             * @enum {string}
             */
            protocol?: "ai-6" | "ai-7";
            /**
             * Trigger
             * @description regenerate-message asks for another answer to the last user message.
             * @default submit-message
             * @enum {string}
             */
            trigger?: "submit-message" | "regenerate-message";
        };
        /**
         * ApprovalBody
         * @description Yes or no to what the agent wants to do.
         * @example {
         *       "approved": true
         *     }
         */
        ApprovalBody: {
            /**
             * Approved
             * @description Whether it may.
             */
            approved: boolean;
            /**
             * Reason
             * @description Why, or why not; the agent reads it.
             */
            reason?: string | null;
        };
        /**
         * ApprovalRead
         * @description What the agent waits for a yes or no to: with this a client can ask again after a reload.
         */
        ApprovalRead: {
            /**
             * Action
             * @description The action's name.
             */
            action: string;
            /**
             * Approvalid
             * @description Goes into the path of the approval, or into the AI SDK's answer.
             */
            approvalId: string;
            /**
             * Input
             * @description What the action was given; it can't be edited.
             */
            input: {
                [key: string]: unknown;
            };
            /**
             * Messageid
             * @description The message in which it was asked.
             */
            messageId: string | null;
            /**
             * Summary
             * @description What would happen, for people.
             */
            summary: string;
            /**
             * Toolcallid
             * @description The AI SDK's id of the action.
             */
            toolCallId: string;
        };
        /**
         * ArmRate
         * @description A rate and the interval it lies in with 95 in 100.
         * @example {
         *       "high": 0.0629,
         *       "low": 0.0397,
         *       "value": 0.05
         *     }
         */
        ArmRate: {
            /**
             * High
             * @description The upper end.
             */
            high: number;
            /**
             * Low
             * @description The lower end of its Wilson interval.
             */
            low: number;
            /**
             * Value
             * @description Outcomes a lead, 0 to 1.
             */
            value: number;
        };
        /**
         * ArmResult
         * @description What became of one experiment's leads.
         * @example {
         *       "experimentId": 13,
         *       "n": 1500,
         *       "needed": 1500,
         *       "outcomeMeasured": "reply",
         *       "outcomes": 75,
         *       "rate": {
         *         "high": 0.0629,
         *         "low": 0.0397,
         *         "value": 0.05
         *       },
         *       "type": "variable_a",
         *       "waiting": 40
         *     }
         */
        ArmResult: {
            /**
             * Experimentid
             * @description The experiment.
             */
            experimentId: number;
            /**
             * N
             * @description Leads that were written to and whose window is over.
             */
            n: number;
            /**
             * Needed
             * @description The sample that was fixed before.
             */
            needed: number;
            /** @description What is counted, as fixed before. */
            outcomeMeasured: components["schemas"]["OutcomeMeasured"];
            /**
             * Outcomes
             * @description How many of `n` brought it within the window.
             */
            outcomes: number;
            /** @description The share of them. */
            rate: components["schemas"]["ArmRate"];
            /** @description The arm it plays. */
            type: components["schemas"]["ExperimentType"];
            /**
             * Waiting
             * @description Leads that were written to and may still bring the outcome.
             */
            waiting: number;
        };
        /**
         * AsyncJobType
         * @description What a job does.
         * @enum {string}
         */
        AsyncJobType: "discovery_chat" | "generate_experiments" | "lead_enrichment" | "bulk_lead_enrichment" | "generate_outreach" | "bulk_generate_outreach" | "website_scrape" | "campaign_scale" | "data_export" | "wiza_search";
        /**
         * AuditRead
         * @description One change that somebody made.
         * @example {
         *       "action": "moved",
         *       "actorUserId": 7,
         *       "createdAt": "2026-11-22T10:00:00+00:00",
         *       "entity": "experiment",
         *       "entityId": "12",
         *       "from": {
         *         "status": "pending"
         *       },
         *       "id": 41,
         *       "to": {
         *         "status": "creating_hypotheses"
         *       }
         *     }
         */
        AuditRead: {
            /**
             * Action
             * @description What was done to it, such as `deleted`, `role_changed` or `moved`.
             */
            action: string;
            /**
             * Actoruserid
             * @description Who made the change; null when the user is gone.
             */
            actorUserId: number | null;
            /**
             * Createdat
             * Format: date-time
             * @description When the change was made.
             */
            createdAt: string;
            /**
             * Entity
             * @description What kind of thing was changed, such as `member` or `experiment`.
             */
            entity: string;
            /**
             * Entityid
             * @description The id of the thing that was changed, as text.
             */
            entityId: string;
            /**
             * From
             * @description What it was before; null when it is new.
             */
            from: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @description The entry's id; newer entries have higher ones.
             */
            id: number;
            /**
             * To
             * @description What it is since; null when it is gone.
             */
            to: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * BandIn
         * @description How many people are wanted, both ends included.
         * @example {
         *       "max": 2000,
         *       "min": 500
         *     }
         */
        BandIn: {
            /**
             * Max
             * @description At most so many; not fewer than `min`.
             */
            max: number;
            /**
             * Min
             * @description At least so many.
             */
            min: number;
        };
        /** Body_importLeads */
        Body_importLeads: {
            /**
             * File
             * @description A CSV file: UTF-8, its first row the names of the columns.
             */
            file: Blob;
            /**
             * Mapping
             * @description A JSON object {column: field}, such as {"Name": "fullName"}; null leaves a column out. Without it the names of the columns are matched.
             */
            mapping?: string | null;
        };
        /** Body_importSuppressions */
        Body_importSuppressions: {
            /**
             * File
             * @description A CSV file: UTF-8, its first row the names of the columns.
             */
            file: Blob;
            /**
             * Mapping
             * @description A JSON object {column: field}, such as {"Name": "fullName"}; null leaves a column out. Without it the names of the columns are matched.
             */
            mapping?: string | null;
            /**
             * @description The reason of rows that say none.
             * @default manual
             */
            reason?: components["schemas"]["SuppressionReason"];
        };
        /**
         * BudgetRead
         * @description What a workspace may spend.
         * @example {
         *       "creditsPerMonth": 500,
         *       "creditsResetAt": "2026-12-01T00:00:00+00:00",
         *       "resetsAt": "2026-11-23T00:00:00+00:00",
         *       "spent": {
         *         "creditsReserved": 2,
         *         "creditsThisMonth": 61.5,
         *         "tokensToday": 48210
         *       },
         *       "tokensPerDay": 2000000
         *     }
         */
        BudgetRead: {
            /**
             * Creditspermonth
             * @description Credits a month; null: nothing paid is begun.
             */
            creditsPerMonth: number | null;
            /**
             * Creditsresetat
             * Format: date-time
             * @description When the month's credits begin anew.
             */
            creditsResetAt: string;
            /**
             * Resetsat
             * Format: date-time
             * @description When the day's tokens begin anew.
             */
            resetsAt: string;
            /** @description What was spent of them. */
            spent: components["schemas"]["Spent"];
            /**
             * Tokensperday
             * @description Tokens of models a UTC day; null: no limit.
             */
            tokensPerDay: number | null;
        };
        /**
         * BudgetUpdate
         * @description Any of the limits: what is absent stays as it is, null takes the limit away.
         * @example {
         *       "creditsPerMonth": 500,
         *       "tokensPerDay": 2000000
         *     }
         */
        BudgetUpdate: {
            /**
             * Creditspermonth
             * @description Credits of paid searches and enrichments a month, to four decimals. Null: nothing paid is begun.
             */
            creditsPerMonth?: number | null;
            /**
             * Tokensperday
             * @description Tokens of models a UTC day; null: no limit. Once they are spent, or may be by what runs, nothing begins that asks a model.
             */
            tokensPerDay?: number | null;
        };
        /**
         * BulkDelete
         * @description Delete many leads.
         * @example {
         *       "action": "delete",
         *       "leadIds": [
         *         301,
         *         302
         *       ]
         *     }
         */
        BulkDelete: {
            /**
             * @description What to do. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            action: "delete";
            /** @description Which leads, at most 10,000; either this or `leadIds`. An empty one means all. */
            filter?: components["schemas"]["LeadSelection"] | null;
            /**
             * Leadids
             * @description The leads; either this or `filter`.
             */
            leadIds?: number[] | null;
            /**
             * Value
             * @description Nothing more is needed.
             */
            value?: null;
            /**
             * Workspaceid
             * @description The workspace; needed with `filter`.
             */
            workspaceId?: number | null;
        };
        /**
         * BulkDone
         * @description What became of many leads.
         * @example {
         *       "changed": 1,
         *       "refused": [
         *         {
         *           "detail": "After `found` comes `enriching` or `drafted`, not `queued`.",
         *           "leadId": 302,
         *           "reason": "illegal_move"
         *         }
         *       ]
         *     }
         */
        BulkDone: {
            /**
             * Changed
             * @description How many leads were changed; those that were so already don't count.
             */
            changed: number;
            /**
             * Refused
             * @description The leads that were left as they were, and why.
             */
            refused: components["schemas"]["Refused"][];
        };
        /**
         * BulkMove
         * @description Move many leads to another campaign of the workspace.
         * @example {
         *       "action": "move",
         *       "leadIds": [
         *         301,
         *         302
         *       ],
         *       "value": 7
         *     }
         */
        BulkMove: {
            /**
             * @description What to do. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            action: "move";
            /** @description Which leads, at most 10,000; either this or `leadIds`. An empty one means all. */
            filter?: components["schemas"]["LeadSelection"] | null;
            /**
             * Leadids
             * @description The leads; either this or `filter`.
             */
            leadIds?: number[] | null;
            /**
             * Value
             * @description The campaign to move to.
             */
            value: number;
            /**
             * Workspaceid
             * @description The workspace; needed with `filter`.
             */
            workspaceId?: number | null;
        };
        /**
         * BulkOutcome
         * @description Say what came of many leads.
         * @example {
         *       "action": "outcome",
         *       "leadIds": [
         *         301,
         *         302
         *       ],
         *       "value": "no_response"
         *     }
         */
        BulkOutcome: {
            /**
             * @description What to do. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            action: "outcome";
            /** @description Which leads, at most 10,000; either this or `leadIds`. An empty one means all. */
            filter?: components["schemas"]["LeadSelection"] | null;
            /**
             * Leadids
             * @description The leads; either this or `filter`.
             */
            leadIds?: number[] | null;
            /** @description What came of them; null takes it back. */
            value: components["schemas"]["LeadOutcome"] | null;
            /**
             * Workspaceid
             * @description The workspace; needed with `filter`.
             */
            workspaceId?: number | null;
        };
        /**
         * BulkOutreach
         * @description Messages to many leads of a campaign, where none of this kind is waiting yet.
         * @example {
         *       "format": "email_cold",
         *       "leadIds": [
         *         301,
         *         302
         *       ]
         *     }
         */
        BulkOutreach: {
            /**
             * All
             * @description All leads of the campaign, or those that `filter` chooses.
             * @default false
             */
            all?: boolean;
            /**
             * Custominstructions
             * @description What else the writer should heed.
             */
            customInstructions?: string | null;
            /** @description Which leads, with `all`. */
            filter?: components["schemas"]["LeadSelection"] | null;
            /** @description Channel and kind. Without it: what suits the way the lead can be reached. */
            format?: components["schemas"]["OutreachFormat"] | null;
            /**
             * Isfollowup
             * @description Whether it follows a message that was sent and not answered.
             * @default false
             */
            isFollowup?: boolean;
            /**
             * Leadids
             * @description The leads; either these or `all`.
             */
            leadIds?: number[] | null;
            /**
             * Tone
             * @description How it should sound.
             */
            tone?: string | null;
        };
        /**
         * BulkStatus
         * @description Move many leads.
         * @example {
         *       "action": "status",
         *       "leadIds": [
         *         301,
         *         302
         *       ],
         *       "value": "queued"
         *     }
         */
        BulkStatus: {
            /**
             * @description What to do. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            action: "status";
            /** @description Which leads, at most 10,000; either this or `leadIds`. An empty one means all. */
            filter?: components["schemas"]["LeadSelection"] | null;
            /**
             * Leadids
             * @description The leads; either this or `filter`.
             */
            leadIds?: number[] | null;
            /** @description The status to move to. */
            value: components["schemas"]["LeadStatus"];
            /**
             * Workspaceid
             * @description The workspace; needed with `filter`.
             */
            workspaceId?: number | null;
        };
        /**
         * CampaignCreate
         * @description A new campaign.
         * @example {
         *       "dailyLeadLimit": 50,
         *       "experimentId": 12,
         *       "name": "Finance leads, November",
         *       "settings": {
         *         "tone": "plain"
         *       }
         *     }
         */
        CampaignCreate: {
            /**
             * Autopilotenabled
             * @description Whether new leads are looked for by schedule, within the daily limit.
             * @default false
             */
            autopilotEnabled?: boolean;
            /**
             * Dailyleadlimit
             * @description How many leads it may take up in a day of the workspace's time zone.
             * @default 50
             */
            dailyLeadLimit?: number;
            /**
             * Experimentid
             * @description The experiment whose people it reaches; its companies then belong to this experiment.
             */
            experimentId?: number | null;
            /**
             * Name
             * @description What the team calls it.
             */
            name: string;
            /**
             * Settings
             * @description Free-form settings of the campaign.
             */
            settings?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description How it begins: `active` or `paused`.
             * @default active
             */
            status?: components["schemas"]["CampaignStatus"];
        };
        /**
         * CampaignCreateSomewhere
         * @description A new campaign, where the path does not name the workspace.
         * @example {
         *       "dailyLeadLimit": 50,
         *       "experimentId": 12,
         *       "name": "Finance leads, November",
         *       "settings": {
         *         "tone": "plain"
         *       },
         *       "workspaceId": 3
         *     }
         */
        CampaignCreateSomewhere: {
            /**
             * Autopilotenabled
             * @description Whether new leads are looked for by schedule, within the daily limit.
             * @default false
             */
            autopilotEnabled?: boolean;
            /**
             * Dailyleadlimit
             * @description How many leads it may take up in a day of the workspace's time zone.
             * @default 50
             */
            dailyLeadLimit?: number;
            /**
             * Experimentid
             * @description The experiment whose people it reaches; its companies then belong to this experiment.
             */
            experimentId?: number | null;
            /**
             * Name
             * @description What the team calls it.
             */
            name: string;
            /**
             * Settings
             * @description Free-form settings of the campaign.
             */
            settings?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description How it begins: `active` or `paused`.
             * @default active
             */
            status?: components["schemas"]["CampaignStatus"];
            /**
             * Workspaceid
             * @description The workspace it belongs to.
             */
            workspaceId: number;
        };
        /**
         * CampaignRead
         * @description A campaign.
         * @example {
         *       "autopilotEnabled": false,
         *       "contactedCount": 104,
         *       "createdAt": "2026-11-22T10:00:00Z",
         *       "dailyLeadLimit": 50,
         *       "experimentId": 12,
         *       "id": 7,
         *       "lastDiscoveryRun": null,
         *       "meetingsBooked": 1,
         *       "name": "Finance leads, November",
         *       "nextDiscoveryRun": null,
         *       "repliedCount": 4,
         *       "settings": {
         *         "tone": "plain"
         *       },
         *       "stats": {
         *         "byOutcome": {
         *           "interested": 3,
         *           "meeting_booked": 1
         *         },
         *         "byStatus": {
         *           "found": 40,
         *           "responded": 4,
         *           "sent": 100
         *         },
         *         "replyRate": {
         *           "high": 0.0947,
         *           "low": 0.0151,
         *           "n": 104,
         *           "value": 0.0385
         *         }
         *       },
         *       "status": "active",
         *       "totalLeads": 144,
         *       "updatedAt": "2026-11-22T10:00:00Z",
         *       "workspaceId": 3
         *     }
         */
        CampaignRead: {
            /**
             * Autopilotenabled
             * @description Whether new leads are looked for by schedule.
             */
            autopilotEnabled: boolean;
            /**
             * Contactedcount
             * @description Leads that were written to.
             */
            contactedCount: number;
            /**
             * Createdat
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Dailyleadlimit
             * @description How many leads it may take up in a day.
             */
            dailyLeadLimit: number;
            /** @description Its experiment, where one campaign is read; null in lists. */
            experiment?: components["schemas"]["ExperimentRead"] | null;
            /**
             * Experimentid
             * @description The experiment whose people it reaches.
             */
            experimentId: number | null;
            /**
             * Id
             * @description The campaign's id.
             */
            id: number;
            /**
             * Lastdiscoveryrun
             * @description When leads were last looked for.
             */
            lastDiscoveryRun: string | null;
            /**
             * Meetingsbooked
             * @description Leads a meeting came of; a deal is closed after one.
             */
            meetingsBooked: number;
            /**
             * Name
             * @description What the team calls it.
             */
            name: string;
            /**
             * Nextdiscoveryrun
             * @description When leads are looked for next.
             */
            nextDiscoveryRun: string | null;
            /**
             * Repliedcount
             * @description Leads that answered.
             */
            repliedCount: number;
            /**
             * Settings
             * @description Free-form settings of the campaign.
             */
            settings: {
                [key: string]: unknown;
            } | null;
            /** @description What its leads add up to. */
            stats: components["schemas"]["CampaignStats"];
            /** @description How it stands. */
            status: components["schemas"]["CampaignStatus"];
            /**
             * Totalleads
             * @description Its leads.
             */
            totalLeads: number;
            /**
             * Updatedat
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
            /**
             * Workspaceid
             * @description The workspace it belongs to.
             */
            workspaceId: number;
        };
        /**
         * CampaignStats
         * @description What a campaign's leads add up to.
         * @example {
         *       "byOutcome": {
         *         "interested": 3,
         *         "meeting_booked": 1
         *       },
         *       "byStatus": {
         *         "found": 40,
         *         "responded": 4,
         *         "sent": 100
         *       },
         *       "replyRate": {
         *         "high": 0.0947,
         *         "low": 0.0151,
         *         "n": 104,
         *         "value": 0.0385
         *       }
         *     }
         */
        CampaignStats: {
            /**
             * Byoutcome
             * @description Leads by outcome; leads without an outcome are left out.
             */
            byOutcome: {
                [key: string]: number;
            };
            /**
             * Bystatus
             * @description Leads by status; statuses without leads are left out.
             */
            byStatus: {
                [key: string]: number;
            };
            /** @description How many of those who were written to answered. */
            replyRate: components["schemas"]["RateRead"];
        };
        /**
         * CampaignStatus
         * @description How a campaign stands.
         * @enum {string}
         */
        CampaignStatus: "active" | "paused" | "completed" | "archived";
        /**
         * CampaignUpdate
         * @description Any of the fields: what is absent stays as it is, null clears it.
         * @example {
         *       "dailyLeadLimit": 20,
         *       "status": "paused"
         *     }
         */
        CampaignUpdate: {
            /**
             * Autopilotenabled
             * @description Whether new leads are looked for by schedule; not null.
             */
            autopilotEnabled?: boolean;
            /**
             * Dailyleadlimit
             * @description How many leads it may take up in a day; not null.
             */
            dailyLeadLimit?: number;
            /**
             * Experimentid
             * @description The experiment it belongs to; fixed once it has leads.
             */
            experimentId?: number | null;
            /**
             * Name
             * @description What the team calls it; not null.
             */
            name?: string;
            /**
             * Settings
             * @description Free-form settings of the campaign, all of them.
             */
            settings?: {
                [key: string]: unknown;
            } | null;
            /** @description The status to move to (pausing, resuming …); not null. 409 says which moves are legal. */
            status?: components["schemas"]["CampaignStatus"];
        };
        /**
         * Channel
         * @description How a message arrives.
         * @enum {string}
         */
        Channel: "linkedin" | "email";
        /**
         * ChatAnswer
         * @description A whole turn.
         * @example {
         *       "experiments": null,
         *       "message": "Who asks for a faster close, and what made them ask?",
         *       "placeholder": "The last one was …",
         *       "sessionId": 12,
         *       "turnCount": 1,
         *       "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
         *     }
         */
        ChatAnswer: {
            /** @description Set when the agent waits for a yes or no. */
            approval?: components["schemas"]["PendingApproval"] | null;
            /**
             * Experiments
             * @description The proposed set of experiments; null when none.
             */
            experiments: {
                [key: string]: unknown;
            }[] | null;
            /**
             * Message
             * @description What the agent said.
             */
            message: string;
            /**
             * Placeholder
             * @description For the input box of the next message.
             */
            placeholder: string | null;
            /**
             * Sessionid
             * @description The conversation.
             */
            sessionId: number;
            /**
             * Turncount
             * @description Turns of the conversation so far.
             */
            turnCount: number;
            /**
             * Turnid
             * @description The turn.
             */
            turnId: string;
        };
        /**
         * ChatEntry
         * @description One message of a talk. What else the former front end kept beside it is dropped.
         */
        ChatEntry: {
            /**
             * Content
             * @description What was said.
             */
            content: string;
            /**
             * Role
             * @description Who said it.
             * @enum {string}
             */
            role: "user" | "assistant";
            /**
             * Timestamp
             * @description When it was said.
             */
            timestamp?: string | null;
        };
        /**
         * ChatMessage
         * @description One message of the newest talk.
         */
        ChatMessage: {
            /**
             * Content
             * @description What was said.
             */
            content: string;
            /**
             * Role
             * @description Who said it: `user` or `assistant`.
             */
            role: string;
            /**
             * Timestamp
             * @description When it was said.
             */
            timestamp: string | null;
        };
        /**
         * Check
         * @description One thing that was checked of a draft.
         */
        Check: {
            /**
             * Detail
             * @description Why, for people.
             */
            detail?: string | null;
            /**
             * Hard
             * @description Whether a message can't be queued without it; the others are scores.
             * @default true
             */
            hard?: boolean;
            /**
             * Name
             * @description What was checked.
             */
            name: string;
            /**
             * Passed
             * @description Whether it holds.
             */
            passed: boolean;
            /**
             * Score
             * @description How well, where that can be said: 0 to 1.
             */
            score?: number | null;
        };
        /**
         * CitationCreate
         * @description Where the words stand that the signal rests on.
         */
        CitationCreate: {
            /**
             * Quote
             * @description The words, exactly as they stand there.
             */
            quote: string;
            /**
             * Source
             * @description `page:<address>` of a website that was read in this workspace, or `user`: you know it yourself.
             */
            source: string;
            /**
             * Url
             * @description Where people can look it up.
             */
            url?: string | null;
        };
        /**
         * CitationRead
         * @description Where the words stand that a signal rests on.
         */
        CitationRead: {
            /**
             * Quote
             * @description The words, exactly as they stand there.
             */
            quote: string;
            /**
             * Source
             * @description Where they are stored: `page:<address>`, `wiza:<field>` or `user:<user id>`.
             */
            source: string;
            /**
             * Url
             * @description Where people can look it up.
             */
            url?: string | null;
        };
        /**
         * Claim
         * @description A sentence that states something, and what it rests on.
         */
        Claim: {
            /**
             * End
             * @description Where it ends, in characters.
             */
            end?: number | null;
            /**
             * Evidenceids
             * @description The ids in `evidence` that state it.
             * @default []
             */
            evidenceIds?: string[];
            /**
             * Objection
             * @description What no evidence carries; null for a claim that holds.
             */
            objection?: string | null;
            /**
             * Part
             * @description Which text it stands in.
             * @default body
             * @enum {string}
             */
            part?: "subject" | "body";
            /**
             * Start
             * @description Where it begins, in characters.
             */
            start?: number | null;
            /**
             * Text
             * @description The sentence, as it stands in the message.
             */
            text: string;
        };
        /**
         * ComparisonRead
         * @description The workspace's experiments side by side.
         * @example {
         *       "experiments": [
         *         {
         *           "experimentId": 13,
         *           "n": 1500,
         *           "needed": 1500,
         *           "outcomeMeasured": "reply",
         *           "outcomes": 75,
         *           "rate": {
         *             "high": 0.0629,
         *             "low": 0.0397,
         *             "value": 0.05
         *           },
         *           "type": "variable_a",
         *           "waiting": 40
         *         }
         *       ],
         *       "verdicts": [
         *         {
         *           "a": 13,
         *           "b": 12,
         *           "more": 0,
         *           "verdict": "better"
         *         }
         *       ]
         *     }
         */
        ComparisonRead: {
            /**
             * Experiments
             * @description Each experiment, oldest first.
             */
            experiments: components["schemas"]["ArmResult"][];
            /**
             * Verdicts
             * @description Each arm beside the bullseye of its set. Long shots are judged by what is learned, not here.
             */
            verdicts: components["schemas"]["Verdict"][];
        };
        /**
         * Decision
         * @description `retry`: do it again, though it may cost twice. `drop`: leave it.
         * @enum {string}
         */
        Decision: "retry" | "drop";
        /**
         * DeclinedRead
         * @description Why no message was written.
         * @example {
         *       "missing": [
         *         "A page or a signal of Brennholt Towage, or the lead's position."
         *       ],
         *       "reason": "Nothing stored says anything about this person or the company."
         *     }
         */
        DeclinedRead: {
            /**
             * Missing
             * @description What would be needed.
             */
            missing: string[];
            /**
             * Reason
             * @description Why, for people.
             */
            reason: string;
        };
        /**
         * Dimension
         * @description One dimension of the target and what it rests on.
         */
        Dimension: {
            /**
             * Quote
             * @description The words it rests on, exactly as in the source.
             */
            quote?: string | null;
            /**
             * Source
             * @description Where the quote is stored: `turn:<turn id>`, `onboarding:<field path>` or `page:<url>`.
             */
            source?: string | null;
            /** @description `observed` (a stored source says it), `inferred` (follows from one) or `assumed`. */
            standing: components["schemas"]["Standing"];
            /**
             * Value
             * @description What the dimension is set to in this experiment.
             * @example Finance leads who close the books by hand
             */
            value: string;
        };
        /**
         * DimensionName
         * @description The six things two experiments can differ in.
         * @enum {string}
         */
        DimensionName: "persona" | "firmographic" | "situation" | "trigger" | "angle" | "channel";
        /**
         * Direction
         * @description What is predicted of the outcome's rate, compared with the bullseye.
         * @enum {string}
         */
        Direction: "baseline" | "higher" | "lower" | "same";
        /**
         * DiscoverySessionStatus
         * @description How a talk stands.
         * @enum {string}
         */
        DiscoverySessionStatus: "active" | "completed" | "abandoned";
        /**
         * Duplicate
         * @description An item of a batch that is a lead already.
         */
        Duplicate: {
            /**
             * Index
             * @description Its place in the batch.
             */
            index: number;
            /**
             * Leadid
             * @description The lead it is.
             */
            leadId: number;
            /**
             * Reason
             * @description What they share.
             * @enum {string}
             */
            reason: "linkedin_url" | "email";
        };
        /**
         * EnrichMany
         * @description Which leads of a campaign to enrich: `leadIds`, or `all` with an optional `filter`.
         * @example {
         *       "leadIds": [
         *         301,
         *         302
         *       ],
         *       "level": "partial"
         *     }
         */
        EnrichMany: {
            /**
             * All
             * @description All leads of the campaign, or those of `filter`.
             */
            all?: true | null;
            /** @description With `all`: only these. */
            filter?: components["schemas"]["LeadSelection"] | null;
            /**
             * Leadids
             * @description The leads, each of this campaign; more of them by `all`.
             */
            leadIds?: number[] | null;
            /**
             * Level
             * @description What to find: `none` the profile (at most 1 credit), `partial` also e-mail addresses (3), `phone` also telephones (6), `full` both (8). What the Client bought of the person before is copied and costs nothing.
             * @default partial
             * @enum {string}
             */
            level?: "none" | "partial" | "phone" | "full";
        };
        /**
         * EnrichOne
         * @description What to find out about a lead.
         * @example {
         *       "level": "partial"
         *     }
         */
        EnrichOne: {
            /**
             * Level
             * @description What to find: `none` the profile (at most 1 credit), `partial` also e-mail addresses (3), `phone` also telephones (6), `full` both (8). What the Client bought of the person before is copied and costs nothing.
             * @default partial
             * @enum {string}
             */
            level?: "none" | "partial" | "phone" | "full";
        };
        /** Envelope[ActivityRead] */
        Envelope_ActivityRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["tools__activity__schemas__ActivityRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[AiOutreachRead] */
        Envelope_AiOutreachRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["AiOutreachRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[BudgetRead] */
        Envelope_BudgetRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["BudgetRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[BulkDone] */
        Envelope_BulkDone_: {
            /** @description The answer itself. */
            data: components["schemas"]["BulkDone"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[CampaignRead] */
        Envelope_CampaignRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["CampaignRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[ChatAnswer] */
        Envelope_ChatAnswer_: {
            /** @description The answer itself. */
            data: components["schemas"]["ChatAnswer"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[ComparisonRead] */
        Envelope_ComparisonRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["ComparisonRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[ExperimentRead] */
        Envelope_ExperimentRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["ExperimentRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[FeedbackRead] */
        Envelope_FeedbackRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["FeedbackRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[FiltersRead] */
        Envelope_FiltersRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["FiltersRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[GeneratedOutreach] */
        Envelope_GeneratedOutreach_: {
            /** @description The answer itself. */
            data: components["schemas"]["GeneratedOutreach"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[Health] */
        Envelope_Health_: {
            /** @description The answer itself. */
            data: components["schemas"]["Health"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[HistoryRead] */
        Envelope_HistoryRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["HistoryRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[ImportReport] */
        Envelope_ImportReport_: {
            /** @description The answer itself. */
            data: components["schemas"]["ImportReport"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[InvitedRead] */
        Envelope_InvitedRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["InvitedRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[JobRead] */
        Envelope_JobRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["JobRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[JobStarted] */
        Envelope_JobStarted_: {
            /** @description The answer itself. */
            data: components["schemas"]["JobStarted"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[LeadRead] */
        Envelope_LeadRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["LeadRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[LeadsScored] */
        Envelope_LeadsScored_: {
            /** @description The answer itself. */
            data: components["schemas"]["LeadsScored"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[Me] */
        Envelope_Me_: {
            /** @description The answer itself. */
            data: components["schemas"]["Me"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[MemberRead] */
        Envelope_MemberRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["MemberRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[MessageRead] */
        Envelope_MessageRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["MessageRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[NoneType] */
        Envelope_NoneType_: {
            /**
             * Data
             * @description The answer itself.
             */
            data: null;
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[Noted] */
        Envelope_Noted_: {
            /** @description The answer itself. */
            data: components["schemas"]["Noted"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[OnboardingRead] */
        Envelope_OnboardingRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["OnboardingRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[PersonErased] */
        Envelope_PersonErased_: {
            /** @description The answer itself. */
            data: components["schemas"]["PersonErased"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[PersonExport] */
        Envelope_PersonExport_: {
            /** @description The answer itself. */
            data: components["schemas"]["PersonExport"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[Readiness] */
        Envelope_Readiness_: {
            /** @description The answer itself. */
            data: components["schemas"]["Readiness"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[ScaleStarted] */
        Envelope_ScaleStarted_: {
            /** @description The answer itself. */
            data: components["schemas"]["ScaleStarted"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[SenderRead] */
        Envelope_SenderRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["SenderRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[SessionRead] */
        Envelope_SessionRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["SessionRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[SessionShown] */
        Envelope_SessionShown_: {
            /** @description The answer itself. */
            data: components["schemas"]["SessionShown"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[SignalRead] */
        Envelope_SignalRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["SignalRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[Stopped] */
        Envelope_Stopped_: {
            /** @description The answer itself. */
            data: components["schemas"]["Stopped"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[SuppressionRead] */
        Envelope_SuppressionRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["SuppressionRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[Ticket] */
        Envelope_Ticket_: {
            /** @description The answer itself. */
            data: components["schemas"]["Ticket"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[WebsiteRead] */
        Envelope_WebsiteRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["WebsiteRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[WorkspaceRead] */
        Envelope_WorkspaceRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["WorkspaceRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[WorldviewRead] */
        Envelope_WorldviewRead_: {
            /** @description The answer itself. */
            data: components["schemas"]["WorldviewRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[bool] */
        Envelope_bool_: {
            /**
             * Data
             * @description The answer itself.
             */
            data: boolean;
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[list[AiBatchItem]] */
        Envelope_list_AiBatchItem__: {
            /**
             * Data
             * @description The answer itself.
             */
            data: components["schemas"]["AiBatchItem"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** Envelope[list[ExperimentRead]] */
        Envelope_list_ExperimentRead__: {
            /**
             * Data
             * @description The answer itself.
             */
            data: components["schemas"]["ExperimentRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /**
         * ErrorPart
         * @description Why the turn failed; it comes just before the stream's own `error`.
         */
        ErrorPart: {
            /**
             * Code
             * @description For programs.
             */
            code: string;
            /**
             * Message
             * @description For people.
             */
            message: string;
            /**
             * Retryable
             * @description Whether the same may succeed when it is sent again.
             */
            retryable: boolean;
            /**
             * Turnid
             * @description The turn.
             */
            turnId: string;
        };
        /**
         * Evidence
         * @description Words that somebody said or published, and where they are stored.
         */
        Evidence: {
            /**
             * Quote
             * @description The words, exactly as in the source.
             * @example We lose two days.
             */
            quote: string;
            /**
             * Source
             * @description Where the words are stored: `turn:<turn id>`, `onboarding:<field path>` or `page:<url>`.
             * @example onboarding:customerEvidence.bestCustomers.0.quote
             */
            source: string;
        };
        /**
         * ExperimentBatch
         * @description Several experiments at once: all are saved, or none.
         * @example {
         *       "experiments": [
         *         {
         *           "industries": [
         *             "Manufacturing"
         *           ],
         *           "name": "Finance leads of mid-sized manufacturers",
         *           "outreachAngle": "Close in two days without a new ERP",
         *           "pain": "Month-end takes nine days",
         *           "pattern": "Finance leads who close the books by hand",
         *           "trigger": "A new auditor",
         *           "type": "bullseye"
         *         }
         *       ]
         *     }
         */
        ExperimentBatch: {
            /**
             * Experiments
             * @description The experiments, in the order to save them.
             */
            experiments: components["schemas"]["ExperimentCreate"][];
        };
        /**
         * ExperimentCreate
         * @description A new experiment.
         * @example {
         *       "industries": [
         *         "Manufacturing"
         *       ],
         *       "name": "Finance leads of mid-sized manufacturers",
         *       "outreachAngle": "Close in two days without a new ERP",
         *       "pain": "Month-end takes nine days",
         *       "pattern": "Finance leads who close the books by hand",
         *       "trigger": "A new auditor",
         *       "type": "bullseye"
         *     }
         */
        ExperimentCreate: {
            /** @description What is tested and when it is over; fixed once leads were found. */
            design?: components["schemas"]["ExperimentDesign"] | null;
            /**
             * Industries
             * @description Industries to look in.
             */
            industries?: string[] | null;
            /**
             * Name
             * @description What the team calls it.
             */
            name: string;
            /**
             * Outreachangle
             * @description What the messages argue.
             */
            outreachAngle?: string | null;
            /**
             * Pain
             * @description The pain that is assumed there.
             */
            pain?: string | null;
            /**
             * Pattern
             * @description Who is meant, in one sentence.
             */
            pattern?: string | null;
            /**
             * @description Where it begins: only `pending` is possible.
             * @default pending
             */
            status?: components["schemas"]["ExperimentStatus"];
            /**
             * Trigger
             * @description The event that makes now the moment.
             */
            trigger?: string | null;
            /** @description The arm it plays in a set of five. */
            type: components["schemas"]["ExperimentType"];
            /**
             * Wizafilters
             * @description Filters for finding leads.
             */
            wizaFilters?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ExperimentDesign
         * @description What an experiment tests, fixed before anything is spent on it.
         */
        ExperimentDesign: {
            /** @description What the message argues. */
            angle: components["schemas"]["Dimension"];
            /**
             * Budgetshare
             * @description Share of the set's budget, 0 to 1. At most 0.1 for a long shot.
             * @default 0.225
             */
            budgetShare?: number;
            /**
             * Changeddimensions
             * @description The dimensions whose value differs from the bullseye's. Empty for the bullseye.
             * @default []
             */
            changedDimensions?: components["schemas"]["DimensionName"][];
            /** @description How the message arrives. */
            channel: components["schemas"]["Dimension"];
            /** @description What kind of company: industry, size, place, technology. */
            firmographic: components["schemas"]["Dimension"];
            /**
             * Leadshare
             * @description Share of the set's leads, 0 to 1. At most 0.1 for a long shot.
             * @default 0.225
             */
            leadShare?: number;
            /**
             * Minimumsample
             * @description Leads to be contacted before anything is concluded.
             * @example 1500
             */
            minimumSample: number;
            /** @description Contrarian only: the belief, in the user's own words, that this experiment denies. */
            negatedBelief?: components["schemas"]["Evidence"] | null;
            /** @description What is counted. */
            outcomeMeasured: components["schemas"]["OutcomeMeasured"];
            /** @description Who is written to: role and seniority. */
            persona: components["schemas"]["Dimension"];
            /**
             * Preevidence
             * @description True while there are no customers to learn from: the bullseye is inferred and the first aim is conversations.
             * @default false
             */
            preEvidence?: boolean;
            /** @description What is predicted of the outcome's rate compared with the bullseye; `baseline` for the bullseye itself. */
            predictedDirection: components["schemas"]["Direction"];
            /**
             * Provesuserright
             * @description Contrarian only: the result that would show that the user was right after all.
             */
            provesUserRight?: string | null;
            /** @description What is going on at the company that makes the pain real. */
            situation: components["schemas"]["Dimension"];
            /**
             * Stoppingrule
             * @description When the experiment ends, decided before it starts.
             * @example Stop after 1,500 contacted leads or 60 days, whichever is first.
             */
            stoppingRule: string;
            /** @description The event that makes now the moment. */
            trigger: components["schemas"]["Dimension"];
            /**
             * Windowdays
             * @description Days after the first message within which outcomes count.
             * @example 21
             */
            windowDays: number;
        };
        /**
         * ExperimentRead
         * @description An experiment.
         * @example {
         *       "createdAt": "2026-11-22T10:00:00+00:00",
         *       "design": null,
         *       "id": 12,
         *       "industries": [
         *         "Manufacturing"
         *       ],
         *       "leadsFound": 0,
         *       "leadsWarming": 0,
         *       "meetingsBooked": 0,
         *       "name": "Finance leads of mid-sized manufacturers",
         *       "outreachAngle": "Close in two days without a new ERP",
         *       "pain": "Month-end takes nine days",
         *       "pattern": "Finance leads who close the books by hand",
         *       "status": "pending",
         *       "trigger": "A new auditor",
         *       "type": "bullseye",
         *       "updatedAt": "2026-11-22T10:00:00+00:00",
         *       "wizaFilters": null,
         *       "workspaceId": 3
         *     }
         */
        ExperimentRead: {
            /**
             * Createdat
             * Format: date-time
             * @description When it was saved.
             */
            createdAt: string;
            /** @description What is tested and when it is over. */
            design: components["schemas"]["ExperimentDesign"] | null;
            /**
             * Id
             * @description The experiment's id.
             */
            id: number;
            /**
             * Industries
             * @description Industries to look in.
             */
            industries: unknown[] | null;
            /**
             * Leadsfound
             * @description Leads found so far.
             */
            leadsFound: number;
            /**
             * Leadswarming
             * @description Leads that were written to.
             */
            leadsWarming: number;
            /**
             * Meetingsbooked
             * @description Meetings that came of it.
             */
            meetingsBooked: number;
            /**
             * Name
             * @description What the team calls it.
             */
            name: string;
            /**
             * Outreachangle
             * @description What the messages argue.
             */
            outreachAngle: string | null;
            /**
             * Pain
             * @description The pain that is assumed there.
             */
            pain: string | null;
            /**
             * Pattern
             * @description Who is meant, in one sentence.
             */
            pattern: string | null;
            /** @description How far it has come. */
            status: components["schemas"]["ExperimentStatus"];
            /**
             * Trigger
             * @description The event that makes now the moment.
             */
            trigger: string | null;
            /** @description The arm it plays in a set of five. */
            type: components["schemas"]["ExperimentType"];
            /**
             * Updatedat
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
            /**
             * Wizafilters
             * @description Filters for finding leads.
             */
            wizaFilters: {
                [key: string]: unknown;
            } | null;
            /**
             * Workspaceid
             * @description The workspace it belongs to.
             */
            workspaceId: number;
        };
        /**
         * ExperimentRegenerate
         * @description How an experiment's filters are made anew.
         * @example {
         *       "hypothesis": "Owners of steel traders feel it more than their heads of finance"
         *     }
         */
        ExperimentRegenerate: {
            /** @description How many people are wanted; left out, what the design needs. */
            band?: components["schemas"]["BandIn"] | null;
            /**
             * Hypothesis
             * @description What is to be different, or the hypothesis as text or object.
             */
            hypothesis?: string | {
                [key: string]: unknown;
            } | null;
            /**
             * Optimize
             * @description Whether they are moved to the band; false: counted once.
             * @default true
             */
            optimize?: boolean;
        };
        /**
         * ExperimentStatus
         * @description How far an experiment has come.
         * @enum {string}
         */
        ExperimentStatus: "pending" | "creating_hypotheses" | "finding_leads" | "prioritizing_leads" | "warmup_initiated" | "complete" | "failed";
        /**
         * ExperimentType
         * @description The arm an experiment plays in a set of five.
         * @enum {string}
         */
        ExperimentType: "bullseye" | "variable_a" | "variable_b" | "contrarian" | "long_shot";
        /**
         * ExperimentUpdate
         * @description Any of the fields: what is absent stays as it is, null clears it.
         * @example {
         *       "status": "creating_hypotheses"
         *     }
         */
        ExperimentUpdate: {
            /** @description What is tested and when it is over; fixed once leads were found. */
            design?: components["schemas"]["ExperimentDesign"] | null;
            /**
             * Industries
             * @description Industries to look in.
             */
            industries?: string[] | null;
            /**
             * Name
             * @description What the team calls it; not null.
             */
            name?: string;
            /**
             * Outreachangle
             * @description What the messages argue.
             */
            outreachAngle?: string | null;
            /**
             * Pain
             * @description The pain that is assumed there.
             */
            pain?: string | null;
            /**
             * Pattern
             * @description Who is meant, in one sentence.
             */
            pattern?: string | null;
            /** @description The status to move to; not null. 409 says which moves are legal. */
            status?: components["schemas"]["ExperimentStatus"];
            /**
             * Trigger
             * @description The event that makes now the moment.
             */
            trigger?: string | null;
            /** @description The arm it plays in a set of five; not null, fixed once leads were found. */
            type?: components["schemas"]["ExperimentType"];
            /**
             * Wizafilters
             * @description Filters for finding leads.
             */
            wizaFilters?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ExperimentsPart
         * @description A set of experiments as the agent proposes it; without ids, for nothing is saved before a yes.
         */
        ExperimentsPart: {
            /**
             * Experiments
             * @description The experiments; none when the set is not valid.
             */
            experiments: components["schemas"]["ProposedExperiment"][];
            /**
             * Strategicinsight
             * @description What the set is meant to find out.
             */
            strategicInsight: string;
            /**
             * Valid
             * @description Whether the set keeps the rules; when not, the text says which it breaks.
             */
            valid: boolean;
        };
        /**
         * ExportRequest
         * @description What to take away, and as what.
         * @example {
         *       "filter": {
         *         "status": [
         *           "sent",
         *           "responded"
         *         ]
         *       },
         *       "format": "csv",
         *       "what": "leads"
         *     }
         */
        ExportRequest: {
            /** @description Only these leads, or messages to them; not for anything else. Without it: all. */
            filter?: components["schemas"]["LeadSelection"] | null;
            /**
             * @description As what; JSON holds the deeper fields too.
             * @default csv
             */
            format?: components["schemas"]["FileFormat"];
            /** @description Which of the workspace's things. */
            what: components["schemas"]["Exported"];
        };
        /**
         * Exported
         * @description What is exported.
         * @enum {string}
         */
        Exported: "leads" | "messages" | "campaigns" | "experiments" | "activities";
        /**
         * FeedbackCreate
         * @description What somebody thinks of the talk.
         * @example {
         *       "feedback": "Sharp questions.",
         *       "rating": 4
         *     }
         */
        FeedbackCreate: {
            /**
             * Experimentcontext
             * @description What it was about.
             */
            experimentContext?: {
                [key: string]: unknown;
            } | null;
            /**
             * Feedback
             * @description In words.
             */
            feedback?: string | null;
            /**
             * Rating
             * @description 1 (useless) to 5 (excellent).
             */
            rating: number;
            /**
             * Sessionid
             * @description The session meant.
             */
            sessionId?: number | null;
            /**
             * Turnid
             * @description The turn meant.
             */
            turnId?: string | null;
        };
        /**
         * FeedbackRead
         * @description Feedback as it was stored.
         * @example {
         *       "createdAt": "2026-11-25T10:05:00+00:00",
         *       "experimentContext": null,
         *       "feedback": "Sharp questions.",
         *       "id": 9,
         *       "rating": 4,
         *       "sessionId": 12,
         *       "turnId": null,
         *       "workspaceId": 3
         *     }
         */
        FeedbackRead: {
            /**
             * Createdat
             * Format: date-time
             * @description When it was given.
             */
            createdAt: string;
            /**
             * Experimentcontext
             * @description What it was about.
             */
            experimentContext: {
                [key: string]: unknown;
            } | null;
            /**
             * Feedback
             * @description In words.
             */
            feedback: string | null;
            /**
             * Id
             * @description Its number.
             */
            id: number;
            /**
             * Rating
             * @description 1 to 5.
             */
            rating: number;
            /**
             * Sessionid
             * @description The session meant.
             */
            sessionId: number | null;
            /**
             * Turnid
             * @description The turn meant.
             */
            turnId: string | null;
            /**
             * Workspaceid
             * @description Its workspace.
             */
            workspaceId: number;
        };
        /**
         * FileFormat
         * @description How a table is written.
         * @enum {string}
         */
        FileFormat: "csv" | "json";
        /**
         * FilterRequest
         * @description Who is looked for: an experiment, filters, or a description. Filters are moved, a description is drafted first.
         * @example {
         *       "band": {
         *         "max": 2000,
         *         "min": 500
         *       },
         *       "filters": {
         *         "company_industry": [
         *           {
         *             "s": "i",
         *             "v": "wholesale"
         *           }
         *         ],
         *         "company_location": [
         *           {
         *             "b": "country",
         *             "s": "i",
         *             "v": "Germany"
         *           }
         *         ],
         *         "company_size": [
         *           "51-200"
         *         ],
         *         "job_role": [
         *           "finance"
         *         ],
         *         "job_title_level": [
         *           "CXO",
         *           "VP"
         *         ]
         *       }
         *     }
         */
        FilterRequest: {
            /** @description How many people are wanted; left out, what the experiment needs, or 500 to 5,000. */
            band?: components["schemas"]["BandIn"] | null;
            /**
             * Experimentid
             * @description An experiment: its filters where it has some, else what it says of who is meant.
             */
            experimentId?: number | null;
            /**
             * Filters
             * @description Filters by Wiza's names and words. 422 names an unknown word and the nearest known ones.
             */
            filters?: {
                [key: string]: unknown;
            } | null;
            /**
             * Text
             * @description Who is meant, in any language.
             */
            text?: string | null;
            /**
             * Workspaceid
             * @description The workspace it counts against; left out, the experiment's or the caller's default one.
             */
            workspaceId?: number | null;
        };
        /**
         * FilterStep
         * @description One counted setting.
         */
        FilterStep: {
            /**
             * Change
             * @description What is different from the setting before.
             */
            change: string;
            /**
             * Count
             * @description How many people it has.
             */
            count: number;
            /**
             * Why
             * @description Why it was tried.
             */
            why: string;
        };
        /**
         * FiltersRead
         * @description Filters and how many people they have.
         * @example {
         *       "filters": {
         *         "company_industry": [
         *           {
         *             "s": "i",
         *             "v": "wholesale"
         *           }
         *         ],
         *         "company_location": [
         *           {
         *             "b": "country",
         *             "s": "i",
         *             "v": "Germany"
         *           }
         *         ],
         *         "company_size": [
         *           "51-200",
         *           "201-500"
         *         ],
         *         "job_role": [
         *           "finance"
         *         ],
         *         "job_title_level": [
         *           "CXO",
         *           "VP"
         *         ]
         *       },
         *       "optimizationSuggestions": [],
         *       "prospectCount": 812,
         *       "proven": true,
         *       "reached": true,
         *       "saved": false,
         *       "steps": [
         *         {
         *           "change": "Counted what was asked for.",
         *           "count": 301,
         *           "why": "To know where it stands."
         *         },
         *         {
         *           "change": "company_size wider: 51-200, 201-500",
         *           "count": 812,
         *           "why": "301 are fewer than 500."
         *         }
         *       ]
         *     }
         */
        FiltersRead: {
            /**
             * Filters
             * @description The filters, by Wiza's names and words.
             */
            filters: {
                [key: string]: unknown;
            };
            /**
             * Optimizationsuggestions
             * @description What a person can do that the search may not.
             */
            optimizationSuggestions: string[];
            /**
             * Prospectcount
             * @description How many people match them.
             */
            prospectCount: number;
            /**
             * Proven
             * @description Whether it is known that nothing nearer can be reached; always true when it is reached.
             */
            proven: boolean;
            /**
             * Reached
             * @description Whether that lies in the band.
             */
            reached: boolean;
            /**
             * Saved
             * @description Whether the experiment has these filters now.
             */
            saved: boolean;
            /**
             * Steps
             * @description What was counted, in that order; the last ones need not be the answer.
             */
            steps: components["schemas"]["FilterStep"][];
        };
        /**
         * GenerateExperiments
         * @description Which talk the experiments are made from.
         * @example {
         *       "sessionId": 12
         *     }
         */
        GenerateExperiments: {
            /**
             * Sessionid
             * @description The conversation; left out, the workspace's newest.
             */
            sessionId?: number | null;
        };
        /**
         * GenerateOutreach
         * @description One message to one lead.
         * @example {
         *       "customInstructions": "Mention the second site first.",
         *       "format": "email_cold",
         *       "tone": "dry and friendly"
         *     }
         */
        GenerateOutreach: {
            /**
             * Custominstructions
             * @description What else the writer should heed.
             */
            customInstructions?: string | null;
            /** @description Channel and kind. Without it: what suits the way the lead can be reached. */
            format?: components["schemas"]["OutreachFormat"] | null;
            /**
             * Isfollowup
             * @description Whether it follows a message that was sent and not answered.
             * @default false
             */
            isFollowup?: boolean;
            /**
             * Tone
             * @description How it should sound.
             */
            tone?: string | null;
        };
        /**
         * GeneratedOutreach
         * @description A message that was kept as a draft, or why there is none.
         * @example {
         *       "declined": null,
         *       "message": {
         *         "body": "Would a two-day close be worth a talk?",
         *         "campaignId": 4,
         *         "channel": "email",
         *         "checks": [],
         *         "claims": [],
         *         "content": "Would a two-day close be worth a talk?",
         *         "createdAt": "2026-11-22T10:00:00+00:00",
         *         "evidence": [],
         *         "format": "email_cold",
         *         "id": 31,
         *         "isFollowup": false,
         *         "leadId": 18,
         *         "messageType": "initial_outreach",
         *         "openedAt": null,
         *         "repliedAt": null,
         *         "scheduledAt": null,
         *         "sentAt": null,
         *         "sequenceNumber": 1,
         *         "status": "draft",
         *         "subject": "Closing the books",
         *         "updatedAt": "2026-11-22T10:00:00+00:00"
         *       }
         *     }
         */
        GeneratedOutreach: {
            /** @description The reason; null when there is a draft. */
            declined: components["schemas"]["DeclinedRead"] | null;
            /** @description The draft; null when declined. */
            message: components["schemas"]["MessageRead"] | null;
        };
        /**
         * Health
         * @description The process answers.
         * @example {
         *       "status": "ok"
         *     }
         */
        Health: {
            /**
             * Status
             * @description Always ok: a process that is not does not answer.
             * @constant
             */
            status: "ok";
        };
        /**
         * HistoryRead
         * @description The talk of one session.
         * @example {
         *       "approvals": [],
         *       "messages": [
         *         {
         *           "content": "We sell month-end software to finance teams.",
         *           "id": "msg_1",
         *           "incomplete": false,
         *           "role": "user",
         *           "timestamp": "2026-11-25T10:00:00+00:00",
         *           "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
         *         }
         *       ],
         *       "sessionId": 12
         *     }
         */
        HistoryRead: {
            /**
             * Approvals
             * @description What waits for a yes or no; mostly nothing.
             */
            approvals: components["schemas"]["ApprovalRead"][];
            /**
             * Messages
             * @description Oldest first; last comes the message that is being answered, if one is.
             */
            messages: components["schemas"]["TalkMessage"][];
            /**
             * Sessionid
             * @description The session; null when the workspace has none yet.
             */
            sessionId: number | null;
        };
        /**
         * HypothesesPart
         * @description What is known of the market so far.
         */
        HypothesesPart: {
            /**
             * Known
             * @description By dimension.
             */
            known: {
                [key: string]: components["schemas"]["HypothesisPart"];
            };
            /**
             * Missing
             * @description Dimensions that nobody has spoken of.
             */
            missing: string[];
        };
        /**
         * HypothesisEvidence
         * @description The words that something rests on.
         */
        HypothesisEvidence: {
            /**
             * Quote
             * @description The words.
             */
            quote: string;
            /**
             * Source
             * @description Where they are stored.
             */
            source: string | null;
        };
        /**
         * HypothesisPart
         * @description What is held of one dimension.
         */
        HypothesisPart: {
            /** @description The words it rests on. */
            evidence: components["schemas"]["HypothesisEvidence"] | null;
            /** @description How sure it is. */
            standing: components["schemas"]["Standing"];
            /**
             * Value
             * @description What is held.
             */
            value: string;
        };
        /**
         * ImportReport
         * @description What became of each row of a file.
         * @example {
         *       "added": 1,
         *       "complete": true,
         *       "duplicates": 1,
         *       "problems": [
         *         {
         *           "duplicate": true,
         *           "reason": "It is there already (email).",
         *           "row": 3
         *         },
         *         {
         *           "column": "Email",
         *           "duplicate": false,
         *           "reason": "It is not UTF-8 text.",
         *           "row": 4
         *         }
         *       ],
         *       "problemsLeftOut": 0,
         *       "refused": 1,
         *       "rows": 3,
         *       "warnings": []
         *     }
         */
        ImportReport: {
            /**
             * Added
             * @description Rows that were added.
             * @default 0
             */
            added?: number;
            /**
             * Complete
             * @description Whether every row was dealt with.
             * @default true
             */
            complete?: boolean;
            /**
             * Duplicates
             * @description Rows that are there already.
             * @default 0
             */
            duplicates?: number;
            /**
             * Problems
             * @description The first thousand rows that were not added.
             * @default []
             */
            problems?: components["schemas"]["RowProblem"][];
            /**
             * Problemsleftout
             * @description How many more there are.
             * @default 0
             */
            problemsLeftOut?: number;
            /**
             * Refused
             * @description Rows that could not be used.
             * @default 0
             */
            refused?: number;
            /**
             * Rows
             * @description Rows that were read, empty ones left out.
             * @default 0
             */
            rows?: number;
            /**
             * Stoppedatrow
             * @description The first row that was not dealt with; send the file again, not under the same Idempotency-Key, to go on from there.
             */
            stoppedAtRow?: number | null;
            /**
             * Warnings
             * @description What may be wrong with the file as a whole.
             * @default []
             */
            warnings?: string[];
        };
        /**
         * InvitationAccept
         * @description The token that came with an invitation.
         * @example {
         *       "token": "pHn3vV0mQd1hE0cW5bTz8rJk2sYx4uLa6oGi7eFq9dM"
         *     }
         */
        InvitationAccept: {
            /**
             * Token
             * @description The `inviteToken` as the inviter got it.
             */
            token: string;
        };
        /**
         * InvitationCreate
         * @description Whom to invite. Nothing sends mail: hand the answer's `inviteToken` to the person yourself.
         * @example {
         *       "email": "kim@acme.example",
         *       "role": "member"
         *     }
         */
        InvitationCreate: {
            /**
             * Email
             * @description Where the person can be reached; only a label, it proves nothing.
             */
            email: string;
            /** @description The role to give, at most one's own; `owner` is handed over, not given. */
            role: components["schemas"]["ProjectRole"];
        };
        /**
         * InvitedRead
         * @description A new invitation.
         * @example {
         *       "createdAt": "2026-11-22T09:00:00+00:00",
         *       "expiresAt": "2026-11-29T09:00:00+00:00",
         *       "id": 4,
         *       "inviteToken": "pHn3vV0mQd1hE0cW5bTz8rJk2sYx4uLa6oGi7eFq9dM",
         *       "role": "member",
         *       "status": "invited",
         *       "user": {
         *         "displayName": null,
         *         "email": "kim@acme.example",
         *         "id": null
         *       },
         *       "userId": null,
         *       "workspaceId": 3
         *     }
         */
        InvitedRead: {
            /**
             * Createdat
             * Format: date-time
             * @description When the person joined or was invited.
             */
            createdAt: string;
            /**
             * Expiresat
             * @description When an open invitation lapses.
             */
            expiresAt?: string | null;
            /**
             * Id
             * @description The membership's id; for `invited`, the invitation's.
             */
            id: number;
            /**
             * Invitetoken
             * @description What the person sends to accept. Shown this once; only its hash is kept.
             */
            inviteToken: string;
            /** @description The role, or the one offered. */
            role: components["schemas"]["ProjectRole"];
            /**
             * Status
             * @description `active` for members, `invited` for open invitations.
             * @enum {string}
             */
            status: "active" | "invited";
            /** @description The person. */
            user: components["schemas"]["MemberUser"];
            /**
             * Userid
             * @description The user's id; null while the invitation is open.
             */
            userId: number | null;
            /**
             * Workspaceid
             * @description The workspace.
             */
            workspaceId: number;
        };
        /**
         * ItemError
         * @description What is wrong with an item.
         */
        ItemError: {
            /**
             * Code
             * @description `invalid`, or `company_in_other_arm`: another experiment holds the company.
             */
            code: string;
            /**
             * Pointer
             * @description The field, as a pointer into the item.
             */
            pointer: string;
            /**
             * Reason
             * @description A sentence for people.
             */
            reason: string;
        };
        /**
         * ItemResolve
         * @description What is to become of an item that waits for a person.
         * @example {
         *       "action": "retry"
         *     }
         */
        ItemResolve: {
            /** @description `retry`: do it again, though it may cost credits twice. `drop`: leave it; it counts as failed. */
            action: components["schemas"]["Decision"];
        };
        /**
         * JobFailure
         * @description One item of a job that did not succeed.
         */
        JobFailure: {
            /**
             * Code
             * @description Why, for programs. `needs_review`: it may have cost something already.
             */
            code: string;
            /**
             * Itemid
             * @description The item; one that needs review is resolved by this id. Null in what an older version wrote.
             */
            itemId?: number | null;
            /**
             * Leadid
             * @description The lead it was about, if it was about one.
             */
            leadId: number | null;
            /**
             * Message
             * @description Why, for people.
             */
            message: string;
        };
        /**
         * JobRead
         * @description How a job stands.
         * @example {
         *       "completedAt": null,
         *       "completedSteps": 3,
         *       "createdAt": "2026-11-25T10:00:00+00:00",
         *       "currentStep": "Exporting part 4 of 4",
         *       "errorMessage": null,
         *       "estimatedSecondsRemaining": 2,
         *       "failures": [],
         *       "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
         *       "jobType": "data_export",
         *       "output": null,
         *       "progress": 75,
         *       "progressText": "75% complete",
         *       "startedAt": "2026-11-25T10:00:01+00:00",
         *       "status": "processing",
         *       "totalSteps": 4
         *     }
         */
        JobRead: {
            /**
             * Completedat
             * @description When it ended.
             */
            completedAt: string | null;
            /**
             * Completedsteps
             * @description Steps, or items, that are done.
             */
            completedSteps: number;
            /**
             * Createdat
             * Format: date-time
             * @description When it was asked for.
             */
            createdAt: string;
            /**
             * Currentstep
             * @description What it does now.
             */
            currentStep: string;
            /**
             * Errormessage
             * @description Why it failed.
             */
            errorMessage: string | null;
            /**
             * Estimatedsecondsremaining
             * @description Seconds left at the rate so far; null when that is unknown or the job is over.
             */
            estimatedSecondsRemaining: number | null;
            /**
             * Failures
             * @description Items that did not succeed, at most 1,000.
             */
            failures: components["schemas"]["JobFailure"][];
            /**
             * Jobid
             * Format: uuid
             * @description The job.
             */
            jobId: string;
            /** @description What it does. */
            jobType: components["schemas"]["AsyncJobType"];
            /**
             * Output
             * @description What came of it, once completed.
             */
            output: {
                [key: string]: unknown;
            } | null;
            /**
             * Progress
             * @description Per cent done.
             */
            progress: number;
            /**
             * Progresstext
             * @description The same in words, such as `75% complete`.
             */
            progressText: string;
            /**
             * Startedat
             * @description When a worker took it.
             */
            startedAt: string | null;
            /** @description How it stands; completed, failed and cancelled are final. */
            status: components["schemas"]["JobStatus"];
            /**
             * Totalsteps
             * @description Steps, or items, there are.
             */
            totalSteps: number;
        };
        /**
         * JobStarted
         * @description A job was made: ask for it at `/jobs/{jobId}`.
         * @example {
         *       "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
         *       "jobType": "data_export"
         *     }
         */
        JobStarted: {
            /**
             * Jobid
             * Format: uuid
             * @description The job.
             */
            jobId: string;
            /** @description What it does. */
            jobType: components["schemas"]["AsyncJobType"];
        };
        /**
         * JobStatus
         * @description How a job stands. The last three are final.
         * @enum {string}
         */
        JobStatus: "pending" | "queued" | "processing" | "completed" | "failed" | "cancelled";
        /**
         * LeadAdded
         * @description One lead was added.
         */
        LeadAdded: {
            /** @description The answer itself. */
            data: components["schemas"]["LeadRead"];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /**
         * LeadBatch
         * @description Several leads at once: those that can be saved are, the rest is reported.
         * @example {
         *       "leads": [
         *         {
         *           "company": "Analytical Engines",
         *           "companyDomain": "engines.example",
         *           "email": "ada@engines.example",
         *           "fullName": "Ada Lovelace",
         *           "jobTitle": "Head of Finance",
         *           "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace"
         *         }
         *       ]
         *     }
         */
        LeadBatch: {
            /**
             * Leads
             * @description The leads, in the order to save them.
             */
            leads: components["schemas"]["LeadCreate"][];
        };
        /**
         * LeadCreate
         * @description A new lead.
         * @example {
         *       "company": "Analytical Engines",
         *       "companyDomain": "engines.example",
         *       "email": "ada@engines.example",
         *       "fullName": "Ada Lovelace",
         *       "jobTitle": "Head of Finance",
         *       "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace"
         *     }
         */
        LeadCreate: {
            /**
             * Aisummary
             * @description What is known, in a few sentences.
             */
            aiSummary?: string | null;
            /**
             * Avatarurl
             * @description A picture.
             */
            avatarUrl?: string | null;
            /**
             * Company
             * @description The company's name.
             */
            company?: string | null;
            /**
             * Companydomain
             * @description The company's domain, such as `acme.com`.
             */
            companyDomain?: string | null;
            /**
             * Email
             * @description The e-mail address; one lead an address in a workspace.
             */
            email?: string | null;
            /**
             * Enrichmentdata
             * @description What was found about the lead.
             */
            enrichmentData?: {
                [key: string]: unknown;
            } | null;
            /**
             * Fullname
             * @description The person's name.
             */
            fullName: string;
            /**
             * Jobtitle
             * @description What the person does.
             */
            jobTitle?: string | null;
            /**
             * Linkedinurl
             * @description The LinkedIn profile; one lead a profile in a workspace.
             */
            linkedinUrl?: string | null;
            /**
             * Location
             * @description Where the person is.
             */
            location?: string | null;
            /**
             * Outboundmessage
             * @description A message kept with the lead.
             */
            outboundMessage?: string | null;
            /**
             * Phone
             * @description The phone number.
             */
            phone?: string | null;
            /**
             * Relevancereasons
             * @description Why it fits.
             */
            relevanceReasons?: string[] | null;
            /**
             * Relevancescore
             * @description How well the lead fits, 0 to 100. Left out, it comes from the design of the campaign's experiment; one that is sent stands until what the lead says changes.
             */
            relevanceScore?: number | null;
        };
        /**
         * LeadListed
         * @description A lead as lists show it.
         * @example {
         *       "aiSummary": null,
         *       "avatarUrl": null,
         *       "campaignId": 7,
         *       "company": "Analytical Engines",
         *       "companyDomain": "engines.example",
         *       "contactedAt": null,
         *       "createdAt": "2026-11-22T10:00:00+00:00",
         *       "email": "ada@engines.example",
         *       "fullName": "Ada Lovelace",
         *       "id": 301,
         *       "jobTitle": "Head of Finance",
         *       "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
         *       "location": "London",
         *       "outboundMessage": null,
         *       "outcome": null,
         *       "outcomeReason": null,
         *       "personId": 88,
         *       "phone": null,
         *       "relevanceReasons": [
         *         "Closes the books by hand"
         *       ],
         *       "relevanceScore": 80,
         *       "respondedAt": null,
         *       "status": "found",
         *       "updatedAt": "2026-11-22T10:00:00+00:00",
         *       "workspaceId": 3
         *     }
         */
        LeadListed: {
            /**
             * Aisummary
             * @description What is known, in a few sentences.
             */
            aiSummary: string | null;
            /**
             * Avatarurl
             * @description A picture.
             */
            avatarUrl: string | null;
            /**
             * Campaignid
             * @description The campaign it is in.
             */
            campaignId: number;
            /**
             * Company
             * @description The company's name.
             */
            company: string | null;
            /**
             * Companydomain
             * @description The company's domain.
             */
            companyDomain: string | null;
            /**
             * Contactedat
             * @description When it was written to.
             */
            contactedAt: string | null;
            /**
             * Createdat
             * Format: date-time
             * @description When it was added.
             */
            createdAt: string;
            /**
             * Email
             * @description The e-mail address.
             */
            email: string | null;
            /**
             * Fullname
             * @description The person's name.
             */
            fullName: string;
            /**
             * Id
             * @description The lead's id.
             */
            id: number;
            /**
             * Jobtitle
             * @description What the person does.
             */
            jobTitle: string | null;
            /**
             * Linkedinurl
             * @description The LinkedIn profile.
             */
            linkedinUrl: string | null;
            /**
             * Location
             * @description Where the person is.
             */
            location: string | null;
            /**
             * Outboundmessage
             * @description A message kept with the lead.
             */
            outboundMessage: string | null;
            /** @description What came of it. */
            outcome: components["schemas"]["LeadOutcome"] | null;
            /**
             * Outcomereason
             * @description Why.
             */
            outcomeReason: string | null;
            /**
             * Personid
             * @description The person behind it, over all workspaces of the Client.
             */
            personId: number | null;
            /**
             * Phone
             * @description The phone number.
             */
            phone: string | null;
            /**
             * Relevancereasons
             * @description Why it fits.
             */
            relevanceReasons: unknown[] | null;
            /**
             * Relevancescore
             * @description How well it fits, 0 to 100.
             */
            relevanceScore: number | null;
            /**
             * Respondedat
             * @description When it answered.
             */
            respondedAt: string | null;
            /** @description How far it has come. */
            status: components["schemas"]["LeadStatus"];
            /**
             * Updatedat
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
            /**
             * Workspaceid
             * @description The workspace it belongs to.
             */
            workspaceId: number;
        };
        /**
         * LeadOutcome
         * @description What came of a lead.
         * @enum {string}
         */
        LeadOutcome: "no_response" | "interested" | "meeting_booked" | "meeting_done" | "closed_won" | "closed_lost" | "rejected" | "unqualified";
        /**
         * LeadOutcomeLog
         * @description What came of a lead.
         * @example {
         *       "outcome": "meeting_booked",
         *       "reason": "Tuesday at ten"
         *     }
         */
        LeadOutcomeLog: {
            /**
             * Notes
             * @description Another name of `reason`, which wins.
             */
            notes?: string | null;
            /** @description What came of it, in whatever status the lead is. */
            outcome: components["schemas"]["LeadOutcome"];
            /**
             * Reason
             * @description Why, or what was said.
             */
            reason?: string | null;
        };
        /**
         * LeadRead
         * @description A lead.
         * @example {
         *       "aiSummary": null,
         *       "avatarUrl": null,
         *       "campaignId": 7,
         *       "company": "Analytical Engines",
         *       "companyDomain": "engines.example",
         *       "contactedAt": null,
         *       "createdAt": "2026-11-22T10:00:00+00:00",
         *       "email": "ada@engines.example",
         *       "enrichmentData": null,
         *       "fullName": "Ada Lovelace",
         *       "id": 301,
         *       "jobTitle": "Head of Finance",
         *       "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
         *       "location": "London",
         *       "outboundMessage": null,
         *       "outcome": null,
         *       "outcomeReason": null,
         *       "personId": 88,
         *       "phone": null,
         *       "relevanceReasons": [
         *         "Closes the books by hand"
         *       ],
         *       "relevanceScore": 80,
         *       "respondedAt": null,
         *       "status": "found",
         *       "updatedAt": "2026-11-22T10:00:00+00:00",
         *       "workspaceId": 3
         *     }
         */
        LeadRead: {
            /**
             * Aisummary
             * @description What is known, in a few sentences.
             */
            aiSummary: string | null;
            /**
             * Avatarurl
             * @description A picture.
             */
            avatarUrl: string | null;
            /**
             * Campaignid
             * @description The campaign it is in.
             */
            campaignId: number;
            /**
             * Company
             * @description The company's name.
             */
            company: string | null;
            /**
             * Companydomain
             * @description The company's domain.
             */
            companyDomain: string | null;
            /**
             * Contactedat
             * @description When it was written to.
             */
            contactedAt: string | null;
            /**
             * Createdat
             * Format: date-time
             * @description When it was added.
             */
            createdAt: string;
            /**
             * Email
             * @description The e-mail address.
             */
            email: string | null;
            /**
             * Enrichmentdata
             * @description What was found about the lead.
             */
            enrichmentData: {
                [key: string]: unknown;
            } | null;
            /**
             * Fullname
             * @description The person's name.
             */
            fullName: string;
            /**
             * Id
             * @description The lead's id.
             */
            id: number;
            /**
             * Jobtitle
             * @description What the person does.
             */
            jobTitle: string | null;
            /**
             * Linkedinurl
             * @description The LinkedIn profile.
             */
            linkedinUrl: string | null;
            /**
             * Location
             * @description Where the person is.
             */
            location: string | null;
            /**
             * Outboundmessage
             * @description A message kept with the lead.
             */
            outboundMessage: string | null;
            /** @description What came of it. */
            outcome: components["schemas"]["LeadOutcome"] | null;
            /**
             * Outcomereason
             * @description Why.
             */
            outcomeReason: string | null;
            /**
             * Personid
             * @description The person behind it, over all workspaces of the Client.
             */
            personId: number | null;
            /**
             * Phone
             * @description The phone number.
             */
            phone: string | null;
            /**
             * Rawdata
             * @description What the source delivered; only with `?include=rawData`.
             */
            rawData?: {
                [key: string]: unknown;
            } | null;
            /**
             * Relevancereasons
             * @description Why it fits.
             */
            relevanceReasons: unknown[] | null;
            /**
             * Relevancescore
             * @description How well it fits, 0 to 100.
             */
            relevanceScore: number | null;
            /**
             * Respondedat
             * @description When it answered.
             */
            respondedAt: string | null;
            /** @description How far it has come. */
            status: components["schemas"]["LeadStatus"];
            /**
             * Updatedat
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
            /**
             * Workspaceid
             * @description The workspace it belongs to.
             */
            workspaceId: number;
        };
        /**
         * LeadSearch
         * @description Whom to look for, how many, and what it may cost.
         * @example {
         *       "budget": 40,
         *       "experimentId": 12,
         *       "limit": 50
         *     }
         */
        LeadSearch: {
            /**
             * Budget
             * @description The most credits to spend: half a credit a person looked at, and nothing for pages bought before.
             */
            budget: number;
            /**
             * Experimentid
             * @description The experiment whose filters to take; left out: that of the campaign.
             */
            experimentId?: number | null;
            /**
             * Filters
             * @description Wiza's filters. Left out: those of the experiment.
             */
            filters?: {
                [key: string]: unknown;
            } | null;
            /**
             * Limit
             * @description New leads wanted; whoever is a lead already does not count.
             */
            limit: number;
        };
        /**
         * LeadSelection
         * @description Which leads: all conditions together. Empty: all.
         * @example {
         *       "campaignId": [
         *         7
         *       ],
         *       "q": "finance",
         *       "status": [
         *         "found"
         *       ]
         *     }
         */
        LeadSelection: {
            /**
             * Campaignid
             * @description Only these campaigns.
             * @default []
             */
            campaignId?: number[];
            /**
             * Experimentid
             * @description Only these experiments.
             * @default []
             */
            experimentId?: number[];
            /**
             * Maxscore
             * @description Only with at most this relevance.
             */
            maxScore?: number | null;
            /**
             * Minscore
             * @description Only with at least this relevance.
             */
            minScore?: number | null;
            /**
             * Outcome
             * @description Only these outcomes.
             * @default []
             */
            outcome?: components["schemas"]["LeadOutcome"][];
            /**
             * Q
             * @description Only with this text in name, title, company or e-mail.
             */
            q?: string | null;
            /**
             * Status
             * @description Only these statuses.
             * @default []
             */
            status?: components["schemas"]["LeadStatus"][];
        };
        /**
         * LeadStatus
         * @description How far a lead has come.
         * @enum {string}
         */
        LeadStatus: "found" | "enriching" | "enriched" | "drafted" | "queued" | "sent" | "responded";
        /**
         * LeadUpdate
         * @description Any of the fields: what is absent stays as it is, null clears it.
         * @example {
         *       "jobTitle": "CFO",
         *       "status": "enriching"
         *     }
         */
        LeadUpdate: {
            /**
             * Aisummary
             * @description What is known, in a few sentences.
             */
            aiSummary?: string | null;
            /**
             * Avatarurl
             * @description A picture.
             */
            avatarUrl?: string | null;
            /**
             * Company
             * @description The company's name.
             */
            company?: string | null;
            /**
             * Companydomain
             * @description The company's domain, such as `acme.com`.
             */
            companyDomain?: string | null;
            /**
             * Email
             * @description The e-mail address; one lead an address in a workspace.
             */
            email?: string | null;
            /**
             * Enrichmentdata
             * @description What was found about the lead.
             */
            enrichmentData?: {
                [key: string]: unknown;
            } | null;
            /**
             * Fullname
             * @description The person's name; not null.
             */
            fullName?: string;
            /**
             * Jobtitle
             * @description What the person does.
             */
            jobTitle?: string | null;
            /**
             * Linkedinurl
             * @description The LinkedIn profile; one lead a profile in a workspace.
             */
            linkedinUrl?: string | null;
            /**
             * Location
             * @description Where the person is.
             */
            location?: string | null;
            /**
             * Outboundmessage
             * @description A message kept with the lead.
             */
            outboundMessage?: string | null;
            /** @description What came of it; null takes it back. */
            outcome?: components["schemas"]["LeadOutcome"] | null;
            /**
             * Outcomereason
             * @description Why.
             */
            outcomeReason?: string | null;
            /**
             * Phone
             * @description The phone number.
             */
            phone?: string | null;
            /**
             * Relevancereasons
             * @description Why it fits.
             */
            relevanceReasons?: string[] | null;
            /**
             * Relevancescore
             * @description How well the lead fits, 0 to 100. Left out, it comes from the design of the campaign's experiment; one that is sent stands until what the lead says changes.
             */
            relevanceScore?: number | null;
            /** @description The status to move to; not null. 409 says which moves are legal. */
            status?: components["schemas"]["LeadStatus"];
        };
        /**
         * LeadsAdded
         * @description What became of a batch: the leads that were added, in the order sent, and what was not added and why.
         */
        LeadsAdded: {
            /**
             * Data
             * @description The answer itself.
             */
            data: components["schemas"]["LeadRead"][];
            /**
             * Duplicates
             * @description Items that are leads already.
             * @default []
             */
            duplicates?: components["schemas"]["Duplicate"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /**
             * Rejected
             * @description Items that could not be saved.
             * @default []
             */
            rejected?: components["schemas"]["Rejected"][];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /**
         * LeadsScored
         * @description What became of it.
         * @example {
         *       "changed": 17,
         *       "scored": 120
         *     }
         */
        LeadsScored: {
            /**
             * Changed
             * @description Leads whose score or reasons are others than before.
             */
            changed: number;
            /**
             * Scored
             * @description Leads that were looked at.
             */
            scored: number;
        };
        /**
         * LinkedinTier
         * @description The sender's LinkedIn account: it decides how long a connection note may be.
         * @enum {string}
         */
        LinkedinTier: "free" | "premium" | "sales_navigator";
        /**
         * Me
         * @description The caller.
         * @example {
         *       "clientId": 2,
         *       "email": "kim@acme.example",
         *       "name": "Kim Doe",
         *       "role": "admin",
         *       "supabaseUserId": "3f8a1c52-96b4-4a3e-8d57-21c0f6a9e4b7",
         *       "userId": 5,
         *       "workspaces": [
         *         {
         *           "id": 3,
         *           "name": "Acme",
         *           "role": "owner"
         *         }
         *       ]
         *     }
         */
        Me: {
            /**
             * Clientid
             * @description The caller's organization.
             */
            clientId: number;
            /**
             * Email
             * @description The e-mail address, as the token says it; null when there is none.
             */
            email: string | null;
            /**
             * Name
             * @description The caller's name.
             */
            name: string;
            /** @description The caller's role in the organization. */
            role: components["schemas"]["UserRole"];
            /**
             * Supabaseuserid
             * Format: uuid
             * @description The token's subject.
             */
            supabaseUserId: string;
            /**
             * Userid
             * @description The caller's id.
             */
            userId: number;
            /**
             * Workspaces
             * @description The caller's workspaces, oldest first.
             */
            workspaces: components["schemas"]["MyWorkspace"][];
        };
        /**
         * MemberRead
         * @description A member, or somebody who is invited.
         * @example {
         *       "createdAt": "2026-11-22T09:00:00+00:00",
         *       "id": 11,
         *       "role": "owner",
         *       "status": "active",
         *       "user": {
         *         "displayName": "Ada",
         *         "email": "ada@acme.example",
         *         "id": 7
         *       },
         *       "userId": 7,
         *       "workspaceId": 3
         *     }
         */
        MemberRead: {
            /**
             * Createdat
             * Format: date-time
             * @description When the person joined or was invited.
             */
            createdAt: string;
            /**
             * Expiresat
             * @description When an open invitation lapses.
             */
            expiresAt?: string | null;
            /**
             * Id
             * @description The membership's id; for `invited`, the invitation's.
             */
            id: number;
            /** @description The role, or the one offered. */
            role: components["schemas"]["ProjectRole"];
            /**
             * Status
             * @description `active` for members, `invited` for open invitations.
             * @enum {string}
             */
            status: "active" | "invited";
            /** @description The person. */
            user: components["schemas"]["MemberUser"];
            /**
             * Userid
             * @description The user's id; null while the invitation is open.
             */
            userId: number | null;
            /**
             * Workspaceid
             * @description The workspace.
             */
            workspaceId: number;
        };
        /**
         * MemberUser
         * @description The person behind a membership.
         */
        MemberUser: {
            /**
             * Displayname
             * @description The person's name; null while the invitation is open.
             */
            displayName: string | null;
            /**
             * Email
             * @description The e-mail address, if it is known.
             */
            email: string | null;
            /**
             * Id
             * @description The user's id; null while the invitation is open.
             */
            id: number | null;
        };
        /**
         * MessageBody
         * @description One message.
         * @example {
         *       "message": "We sell to plant managers."
         *     }
         */
        MessageBody: {
            /**
             * Message
             * @description What the user says.
             */
            message: string;
            /**
             * Sessionid
             * @description The conversation; a new one when it is left out.
             */
            sessionId?: number | null;
        };
        /**
         * MessageCreate
         * @description A message that a person writes. It begins as a draft.
         * @example {
         *       "body": "Would a two-day close be worth a talk?",
         *       "channel": "email",
         *       "messageType": "initial_outreach",
         *       "subject": "Closing the books"
         *     }
         */
        MessageCreate: {
            /**
             * Body
             * @description The text.
             */
            body?: string | null;
            /** @description How it arrives; or say it by `format`. */
            channel?: components["schemas"]["Channel"] | null;
            /**
             * Content
             * @description The text. The same as `body`; one of the two is needed.
             */
            content?: string | null;
            /** @description Channel and kind. Without it: `email_cold`, `linkedin_message` or `linkedin_connection`. */
            format?: components["schemas"]["OutreachFormat"] | null;
            /**
             * Isfollowup
             * @description Whether it follows an unanswered one; said by `follow_up` too.
             */
            isFollowup?: boolean | null;
            /** @description Its place in the exchange. Without it: the first message, or the connection request. */
            messageType?: components["schemas"]["OutreachMessageType"] | null;
            /**
             * Sequencenumber
             * @description Its place in a sequence, from 1.
             * @default 1
             */
            sequenceNumber?: number;
            /**
             * Subject
             * @description The subject, where the channel has one.
             */
            subject?: string | null;
        };
        /**
         * MessageParts
         * @description What one message of the agent showed beside its text; null is what it did not.
         */
        MessageParts: {
            /** @description The set that it proposed. */
            experiments: components["schemas"]["ExperimentsPart"] | null;
            /** @description What was known of the market. */
            hypotheses: components["schemas"]["HypothesesPart"] | null;
            /**
             * Messageid
             * @description The message.
             */
            messageId: string;
            /** @description What the user might answer. */
            suggestions: components["schemas"]["SuggestionsPart"] | null;
            /** @description Tokens and cost. */
            usage: components["schemas"]["UsagePart"] | null;
        };
        /**
         * MessageRead
         * @description A message to a lead.
         * @example {
         *       "body": "Would a two-day close be worth a talk?",
         *       "campaignId": 4,
         *       "channel": "email",
         *       "checks": [],
         *       "claims": [],
         *       "content": "Would a two-day close be worth a talk?",
         *       "createdAt": "2026-11-22T10:00:00+00:00",
         *       "evidence": [],
         *       "format": "email_cold",
         *       "id": 31,
         *       "isFollowup": false,
         *       "leadId": 18,
         *       "messageType": "initial_outreach",
         *       "openedAt": null,
         *       "repliedAt": null,
         *       "scheduledAt": null,
         *       "sentAt": null,
         *       "sequenceNumber": 1,
         *       "status": "draft",
         *       "subject": "Closing the books",
         *       "updatedAt": "2026-11-22T10:00:00+00:00"
         *     }
         */
        MessageRead: {
            /**
             * Body
             * @description The same as `content`.
             */
            body: string;
            /**
             * Campaignid
             * @description The campaign it was written in.
             */
            campaignId: number;
            /** @description How it arrives. */
            channel: components["schemas"]["Channel"];
            /**
             * Checks
             * @description What was checked of the draft.
             */
            checks: components["schemas"]["Check"][];
            /**
             * Claims
             * @description The sentences that state something, with their evidence.
             */
            claims: components["schemas"]["Claim"][];
            /**
             * Content
             * @description The text.
             */
            content: string;
            /**
             * Createdat
             * Format: date-time
             * @description When it was written.
             */
            createdAt: string;
            /**
             * Evidence
             * @description What the claims rest on.
             */
            evidence: unknown[];
            /** @description Channel and kind. */
            format: components["schemas"]["OutreachFormat"];
            /**
             * Id
             * @description The message's id.
             */
            id: number;
            /**
             * Isfollowup
             * @description Whether it follows an unanswered one.
             */
            isFollowup: boolean;
            /**
             * Leadid
             * @description Whom it is for.
             */
            leadId: number;
            /** @description Its place in the exchange. */
            messageType: components["schemas"]["OutreachMessageType"];
            /**
             * Openedat
             * @description When it was opened, as far as is known.
             */
            openedAt: string | null;
            /**
             * Repliedat
             * @description When it was answered.
             */
            repliedAt: string | null;
            /**
             * Scheduledat
             * @description When it was queued, or is to be sent.
             */
            scheduledAt: string | null;
            /**
             * Sentat
             * @description When somebody sent it.
             */
            sentAt: string | null;
            /**
             * Sequencenumber
             * @description Its place in a sequence, from 1.
             */
            sequenceNumber: number;
            /** @description How far it has come. */
            status: components["schemas"]["OutreachStatus"];
            /**
             * Subject
             * @description The subject, where the channel has one.
             */
            subject: string | null;
            /**
             * Updatedat
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
        };
        /**
         * MessageUpdate
         * @description Any of the fields: what is absent stays as it is, null clears the subject.
         * @example {
         *       "status": "scheduled",
         *       "subject": "Month-end in two days"
         *     }
         */
        MessageUpdate: {
            /**
             * Body
             * @description The same as `content`; not null.
             */
            body?: string;
            /**
             * Content
             * @description The text; not null. Of drafts only.
             */
            content?: string;
            /**
             * Scheduledat
             * @description When to send a queued message; null or absent: as soon as somebody does.
             */
            scheduledAt?: string | null;
            /** @description The status to move to; not null. 409 says which moves are legal. Nothing here sends: `sent` notes that a person did. */
            status?: components["schemas"]["OutreachStatus"];
            /**
             * Subject
             * @description The subject. Of drafts only.
             */
            subject?: string | null;
        };
        /**
         * MyWorkspace
         * @description A workspace the caller is a member of.
         */
        MyWorkspace: {
            /**
             * Id
             * @description The workspace's id.
             */
            id: number;
            /**
             * Name
             * @description The workspace's name.
             */
            name: string;
            /** @description The caller's role in it. */
            role: components["schemas"]["ProjectRole"];
        };
        /**
         * NodePart
         * @description Where the agent is: a passing part, never stored.
         */
        NodePart: {
            /**
             * Label
             * @description The same for people.
             */
            label: string;
            /**
             * Node
             * @description The node's name.
             */
            node: string;
        };
        /**
         * NotWritten
         * @description What was asked for beside a first message and is not there.
         * @example {
         *       "part": "followUp",
         *       "reason": "The model can't be reached now."
         *     }
         */
        NotWritten: {
            /**
             * Part
             * @description The text that is missing, by the name of its field.
             * @enum {string}
             */
            part: "connectionRequest" | "followUp";
            /**
             * Reason
             * @description Why it failed or was declined, for people.
             */
            reason: string;
        };
        /**
         * Noted
         * @description Whether the call-back was news.
         * @example {
         *       "known": false
         *     }
         */
        Noted: {
            /**
             * Known
             * @description The same had been told before.
             */
            known: boolean;
        };
        /**
         * OnboardingRead
         * @description The saved answers.
         * @example {
         *       "createdAt": "2026-11-22T09:00:00+00:00",
         *       "data": {
         *         "company": {
         *           "companyName": "Acme",
         *           "oneSentencePitch": "Month-end in two days.",
         *           "price": "€900 a month"
         *         },
         *         "customerEvidence": {
         *           "bestCustomers": [
         *             {
         *               "name": "Nordstahl",
         *               "quote": "We lost nine days every month.",
         *               "role": "CFO"
         *             }
         *           ],
         *           "hasPayingCustomers": true
         *         }
         *       },
         *       "updatedAt": "2026-11-22T10:00:00+00:00",
         *       "workspaceId": 3
         *     }
         */
        OnboardingRead: {
            /**
             * Createdat
             * Format: date-time
             * @description When they were first saved.
             */
            createdAt: string;
            /**
             * Data
             * @description The sections as they were saved.
             * @example {
             *       "company": {
             *         "companyName": "Acme",
             *         "oneSentencePitch": "Month-end in two days.",
             *         "price": "€900 a month"
             *       },
             *       "customerEvidence": {
             *         "bestCustomers": [
             *           {
             *             "name": "Nordstahl",
             *             "quote": "We lost nine days every month.",
             *             "role": "CFO"
             *           }
             *         ],
             *         "hasPayingCustomers": true
             *       }
             *     }
             */
            data: {
                /** @description companyName, website, linkedin, companyType (software or services), oneSentencePitch, beforeState, afterState, price, salesCycle, decisionProcess. */
                company?: unknown;
                /** @description hasPayingCustomers, bestCustomers[] (name, role, companySize, industry, dealSize, source, statedProblem, actualUse, signals[], quote, outcomes[]), lostCustomers. */
                customerEvidence?: unknown;
                /** @description Address of the website's icon, as the former front end kept it. */
                favicon_url?: unknown;
                /** @description How it began: triggerMoment, founderRole, teamSize, stage, fundingType[], runway. */
                foundingStory?: unknown;
                /** @description coldEmailStats, linkedinStats, inboundStats, listSize, listSource, listQuality. */
                goToMarket?: unknown;
                /** @description What only a services company answers. */
                services?: unknown;
                /** @description revenueGoal, customerGoal, keyMetric, timelinePressure, goodMeetingDefinition, quitConditions[]. */
                success?: unknown;
                /** @description contentExamples, startMessages, endMessages, wordsUsed, wordsNeverUsed, emojiUsage. */
                voice?: unknown;
                /** @description What the website said, as the former front end kept it. */
                website_scrape?: unknown;
                /** @description customerMetaphors, customerPride, customerFrustration, onePhraseWorld. */
                worldview?: unknown;
                /** @description The generated view of the company in Markdown, as the former front end kept it. */
                worldview_full?: unknown;
            } & {
                [key: string]: unknown;
            };
            /**
             * Updatedat
             * Format: date-time
             * @description When they were last saved.
             */
            updatedAt: string;
            /**
             * Workspaceid
             * @description The workspace.
             */
            workspaceId: number;
        };
        /**
         * OnboardingSave
         * @description The answers. They replace what was saved before: send all sections.
         * @example {
         *       "data": {
         *         "company": {
         *           "companyName": "Acme",
         *           "oneSentencePitch": "Month-end in two days.",
         *           "price": "€900 a month"
         *         },
         *         "customerEvidence": {
         *           "bestCustomers": [
         *             {
         *               "name": "Nordstahl",
         *               "quote": "We lost nine days every month.",
         *               "role": "CFO"
         *             }
         *           ],
         *           "hasPayingCustomers": true
         *         }
         *       }
         *     }
         */
        OnboardingSave: {
            /**
             * Data
             * @description The sections, at most 512 KiB of JSON.
             * @example {
             *       "company": {
             *         "companyName": "Acme",
             *         "oneSentencePitch": "Month-end in two days.",
             *         "price": "€900 a month"
             *       },
             *       "customerEvidence": {
             *         "bestCustomers": [
             *           {
             *             "name": "Nordstahl",
             *             "quote": "We lost nine days every month.",
             *             "role": "CFO"
             *           }
             *         ],
             *         "hasPayingCustomers": true
             *       }
             *     }
             */
            data: {
                /** @description companyName, website, linkedin, companyType (software or services), oneSentencePitch, beforeState, afterState, price, salesCycle, decisionProcess. */
                company?: unknown;
                /** @description hasPayingCustomers, bestCustomers[] (name, role, companySize, industry, dealSize, source, statedProblem, actualUse, signals[], quote, outcomes[]), lostCustomers. */
                customerEvidence?: unknown;
                /** @description Address of the website's icon, as the former front end kept it. */
                favicon_url?: unknown;
                /** @description How it began: triggerMoment, founderRole, teamSize, stage, fundingType[], runway. */
                foundingStory?: unknown;
                /** @description coldEmailStats, linkedinStats, inboundStats, listSize, listSource, listQuality. */
                goToMarket?: unknown;
                /** @description What only a services company answers. */
                services?: unknown;
                /** @description revenueGoal, customerGoal, keyMetric, timelinePressure, goodMeetingDefinition, quitConditions[]. */
                success?: unknown;
                /** @description contentExamples, startMessages, endMessages, wordsUsed, wordsNeverUsed, emojiUsage. */
                voice?: unknown;
                /** @description What the website said, as the former front end kept it. */
                website_scrape?: unknown;
                /** @description customerMetaphors, customerPride, customerFrustration, onePhraseWorld. */
                worldview?: unknown;
                /** @description The generated view of the company in Markdown, as the former front end kept it. */
                worldview_full?: unknown;
            } & {
                [key: string]: unknown;
            };
        };
        /**
         * OnboardingStatus
         * @description Whether the founder has finished the onboarding questions.
         * @enum {string}
         */
        OnboardingStatus: "incomplete" | "complete";
        /**
         * OutcomeMeasured
         * @description What is counted. Each can be read off the leads' statuses and outcomes.
         * @enum {string}
         */
        OutcomeMeasured: "reply" | "interested" | "meeting_booked" | "closed_won";
        /**
         * OutreachFormat
         * @description Channel and kind of a message.
         * @enum {string}
         */
        OutreachFormat: "linkedin_connection" | "linkedin_message" | "linkedin_inmail" | "email_cold" | "email_warm";
        /**
         * OutreachMessageType
         * @description The place of a message in the exchange.
         * @enum {string}
         */
        OutreachMessageType: "connection_request" | "initial_outreach" | "follow_up" | "reply";
        /**
         * OutreachStatus
         * @description How far a message has come.
         * @enum {string}
         */
        OutreachStatus: "draft" | "scheduled" | "sent" | "delivered" | "opened" | "clicked" | "replied" | "bounced" | "failed";
        /** PageEnvelope[ActivityRead] */
        PageEnvelope_ActivityRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["tools__campaigns__schemas__ActivityRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[AuditRead] */
        PageEnvelope_AuditRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["AuditRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[CampaignRead] */
        PageEnvelope_CampaignRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["CampaignRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[ExperimentRead] */
        PageEnvelope_ExperimentRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["ExperimentRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[JobRead] */
        PageEnvelope_JobRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["JobRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[LeadListed] */
        PageEnvelope_LeadListed_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["LeadListed"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[MemberRead] */
        PageEnvelope_MemberRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["MemberRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[MessageRead] */
        PageEnvelope_MessageRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["MessageRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[SessionRead] */
        PageEnvelope_SessionRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["SessionRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[SignalRead] */
        PageEnvelope_SignalRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["SignalRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[SuppressionRead] */
        PageEnvelope_SuppressionRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["SuppressionRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[UsageRead] */
        PageEnvelope_UsageRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["UsageRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /** PageEnvelope[WorkspaceRead] */
        PageEnvelope_WorkspaceRead_: {
            /**
             * Data
             * @description The items, in order.
             */
            data: components["schemas"]["WorkspaceRead"][];
            /**
             * Message
             * @description A sentence for people.
             * @default OK
             */
            message?: string;
            /** @description Where the list goes on. */
            page: components["schemas"]["PageInfo"];
            /**
             * Success
             * @description Always true here; false in problem documents.
             * @default true
             * @constant
             */
            success?: true;
        };
        /**
         * PageInfo
         * @description Where a list goes on.
         */
        PageInfo: {
            /**
             * Limit
             * @description How many items this answer could hold.
             */
            limit: number;
            /**
             * Nextcursor
             * @description Send it as `cursor` to get what follows; null at the end of the list.
             */
            nextCursor?: string | null;
            /**
             * Total
             * @description How many items there are; only with `?count=true`.
             */
            total?: number | null;
        };
        /**
         * PageRead
         * @description One page that was read.
         */
        PageRead: {
            /**
             * Title
             * @description What the page calls itself.
             */
            title: string | null;
            /**
             * Url
             * @description Where the page is, after redirects.
             */
            url: string;
        };
        /**
         * PendingApproval
         * @description What the agent wants to do and waits for.
         */
        PendingApproval: {
            /**
             * Action
             * @description The action's name.
             */
            action: string;
            /**
             * Approvalid
             * @description Goes into the path of the approval.
             */
            approvalId: string;
            /**
             * Summary
             * @description What would happen, for people.
             */
            summary: string;
        };
        /**
         * PersonErased
         * @description What was erased.
         * @example {
         *       "exports": 0,
         *       "leadsEmptied": 1,
         *       "leadsRemoved": 1,
         *       "mentions": 3,
         *       "messages": 2,
         *       "paidCalls": 1,
         *       "personId": 88,
         *       "places": [
         *         {
         *           "field": "outreachAngle",
         *           "id": 41,
         *           "kind": "experiment",
         *           "workspaceId": 12
         *         }
         *       ],
         *       "runs": 1,
         *       "signals": 0
         *     }
         */
        PersonErased: {
            /**
             * Exports
             * @description Files that were exported, or being so, from workspaces that knew them: those are gone.
             */
            exports: number;
            /**
             * Leadsemptied
             * @description Leads that were written to: what came of them still counts, who they were is gone.
             */
            leadsEmptied: number;
            /**
             * Leadsremoved
             * @description Leads that were never written to: they are gone.
             */
            leadsRemoved: number;
            /**
             * Mentions
             * @description Records of discovery talks from which name and addresses were taken out.
             */
            mentions: number;
            /**
             * Messages
             * @description Messages that are gone.
             */
            messages: number;
            /**
             * Paidcalls
             * @description Answers of providers that are gone; that they were paid for stays.
             */
            paidCalls: number;
            /**
             * Personid
             * @description Who was erased.
             */
            personId: number;
            /**
             * Places
             * @description Fields that name them and were left as they are, for a person to look at: what was written or read of the own company. Saving such a field without the name takes it out.
             */
            places: components["schemas"]["Place"][];
            /**
             * Runs
             * @description Runs of our agents about them, whose contents and checkpoints are gone.
             */
            runs: number;
            /**
             * Signals
             * @description Signals that are gone.
             */
            signals: number;
        };
        /**
         * PersonExport
         * @description Everything that is stored about one person, as it is stored.
         * @example {
         *       "activities": [],
         *       "exportedAt": "2026-11-22T10:00:00+00:00",
         *       "jobItems": [],
         *       "leads": [
         *         {
         *           "campaignId": 7,
         *           "fullName": "Ada Lovelace",
         *           "id": 301,
         *           "status": "sent"
         *         }
         *       ],
         *       "mentions": [],
         *       "messages": [
         *         {
         *           "content": "Would a two-day close be worth a talk?",
         *           "id": 31,
         *           "leadId": 301
         *         }
         *       ],
         *       "paidCalls": [],
         *       "person": {
         *         "email": "ada@engines.example",
         *         "fullName": "Ada Lovelace",
         *         "id": 88
         *       },
         *       "places": [],
         *       "runs": [],
         *       "signals": [],
         *       "suppressions": []
         *     }
         */
        PersonExport: {
            /**
             * Activities
             * @description What happened with them in campaigns.
             */
            activities: {
                [key: string]: unknown;
            }[];
            /**
             * Exportedat
             * Format: date-time
             * @description When this was put together.
             */
            exportedAt: string;
            /**
             * Jobitems
             * @description Background work about them.
             */
            jobItems: {
                [key: string]: unknown;
            }[];
            /**
             * Leads
             * @description The person as a lead, in every campaign, deleted ones too.
             */
            leads: {
                [key: string]: unknown;
            }[];
            /**
             * Mentions
             * @description Messages of discovery talks in which they are named.
             */
            mentions: unknown[];
            /**
             * Messages
             * @description What was written to them.
             */
            messages: {
                [key: string]: unknown;
            }[];
            /**
             * Paidcalls
             * @description What providers answered about them.
             */
            paidCalls: {
                [key: string]: unknown;
            }[];
            /**
             * Person
             * @description The person's record, with what enrichment found.
             */
            person: {
                [key: string]: unknown;
            };
            /**
             * Places
             * @description Fields in which people wrote of their own company, or a website did, that name them.
             */
            places: components["schemas"]["Place"][];
            /**
             * Runs
             * @description Runs of our agents about them, with what those knew.
             */
            runs: {
                [key: string]: unknown;
            }[];
            /**
             * Signals
             * @description What was noticed about them.
             */
            signals: {
                [key: string]: unknown;
            }[];
            /**
             * Suppressions
             * @description Whether they may be written to, masked.
             */
            suppressions: {
                [key: string]: unknown;
            }[];
        };
        /**
         * Place
         * @description A field of a workspace that names the person.
         * @example {
         *       "field": "outreachAngle",
         *       "id": 41,
         *       "kind": "experiment",
         *       "workspaceId": 12
         *     }
         */
        Place: {
            /**
             * Field
             * @description The field, named as on the wire.
             */
            field: string;
            /**
             * Id
             * @description The id of what it belongs to.
             */
            id: number;
            /**
             * Kind
             * @description What the field belongs to; `page`: what was read from a website.
             * @enum {string}
             */
            kind: "workspace" | "onboarding" | "sender" | "campaign" | "experiment" | "page";
            /**
             * Workspaceid
             * @description The workspace.
             */
            workspaceId: number;
        };
        /**
         * PlainBody
         * @description What the old front end sends: the whole talk. It continues the newest open conversation when it has a past.
         */
        PlainBody: {
            /**
             * Isfollowup
             * @description Not needed: the server knows what was saved.
             * @default false
             */
            isFollowUp?: boolean;
            /**
             * Messages
             * @description The talk; only the newest user message is read.
             */
            messages: components["schemas"]["PlainMessage"][];
            /**
             * Previousexperiments
             * @description Not needed: the server knows them.
             */
            previousExperiments?: unknown[] | null;
            /**
             * Sessionid
             * @description The conversation, when the client knows it.
             */
            sessionId?: number | null;
            /**
             * Username
             * @description Not needed: the server knows it.
             */
            userName?: string | null;
        };
        /**
         * PlainMessage
         * @description One message of a posted history.
         */
        PlainMessage: {
            /**
             * Content
             * @description What was said.
             */
            content: string;
            /**
             * Role
             * @description Who said it.
             * @enum {string}
             */
            role: "user" | "assistant" | "system";
        };
        /**
         * Post
         * @description One post, comment or reaction.
         */
        Post: {
            /**
             * Postedat
             * @description When; with a time zone.
             */
            postedAt?: string | null;
            /**
             * Text
             * @description What it says.
             */
            text: string;
            /**
             * Url
             * @description Where it stands.
             */
            url?: string | null;
        };
        /**
         * Problem
         * @description RFC 9457, and the envelope of a failure. Some problems have members of their own.
         * @example {
         *       "code": "invalid",
         *       "data": null,
         *       "detail": "The request is not valid.",
         *       "errors": [
         *         {
         *           "pointer": "/name",
         *           "reason": "String should have at least 1 character"
         *         }
         *       ],
         *       "message": "The request is not valid.",
         *       "status": 422,
         *       "success": false,
         *       "title": "Unprocessable Entity",
         *       "type": "urn:quiver:problem:invalid"
         *     }
         */
        Problem: {
            /**
             * Code
             * @description The kind of problem, stable, for programs.
             */
            code: string;
            /**
             * Data
             * @description Always null.
             * @default null
             */
            data?: null;
            /**
             * Detail
             * @description What went wrong, for people.
             */
            detail: string;
            /**
             * Errors
             * @description Each field that is wrong.
             */
            errors: components["schemas"]["ProblemField"][];
            /**
             * Message
             * @description The same as `detail`.
             */
            message: string;
            /**
             * Retryafter
             * @description The `Retry-After` header, for clients that don't see headers.
             * @default null
             */
            retryAfter?: number | null;
            /**
             * Status
             * @description The HTTP status.
             */
            status: number;
            /**
             * Success
             * @description Always false.
             * @default false
             */
            success?: boolean;
            /**
             * Title
             * @description The status in words.
             */
            title: string;
            /**
             * Type
             * @description A URN of the kind of problem.
             */
            type: string;
        };
        /**
         * ProblemField
         * @description One field that is wrong.
         */
        ProblemField: {
            /**
             * Pointer
             * @description RFC 6901 pointer into the body, or `query/name`, `path/name`, `header/name`; empty: all of it.
             */
            pointer: string;
            /**
             * Reason
             * @description Why, for people.
             */
            reason: string;
        };
        /**
         * ProjectRole
         * @description A member's role in one workspace, highest first.
         * @enum {string}
         */
        ProjectRole: "owner" | "admin" | "member" | "viewer";
        /**
         * ProjectStatus
         * @description `deleting` stops new runs while what the workspace holds is removed.
         * @enum {string}
         */
        ProjectStatus: "active" | "archived" | "deleting";
        /**
         * ProposedExperiment
         * @description One experiment of a set that waits for a yes: it has no id yet.
         */
        ProposedExperiment: {
            /** @description What is tested and when it is over. */
            design: components["schemas"]["ExperimentDesign"];
            /**
             * Industries
             * @description Industries to look in.
             */
            industries: string[];
            /**
             * Name
             * @description What the team calls it.
             */
            name: string;
            /**
             * Outreachangle
             * @description What the messages argue.
             */
            outreachAngle: string;
            /**
             * Pain
             * @description The pain that is assumed there.
             */
            pain: string;
            /**
             * Pattern
             * @description Who is meant, in one sentence.
             */
            pattern: string;
            /**
             * Trigger
             * @description The event that makes now the moment.
             */
            trigger: string;
            /** @description The arm it plays. */
            type: components["schemas"]["ExperimentType"];
        };
        /**
         * RateRead
         * @description A share with its 95 % Wilson interval.
         */
        RateRead: {
            /**
             * High
             * @description Upper end of the interval; 1 when nothing is known.
             */
            high: number;
            /**
             * Low
             * @description Lower end of the interval.
             */
            low: number;
            /**
             * N
             * @description How many leads it is a share of.
             */
            n: number;
            /**
             * Value
             * @description The share, 0 to 1; 0 when there is nothing to divide by.
             */
            value: number;
        };
        /**
         * Readiness
         * @description Everything a request needs is there.
         * @example {
         *       "migrations": true,
         *       "postgres": true,
         *       "redis": true
         *     }
         */
        Readiness: {
            /**
             * Migrations
             * @description The database has the schema this version needs.
             */
            migrations: boolean;
            /**
             * Postgres
             * @description Postgres answers.
             */
            postgres: boolean;
            /**
             * Redis
             * @description Redis answers.
             */
            redis: boolean;
        };
        /**
         * Refused
         * @description A lead that was left as it was.
         */
        Refused: {
            /**
             * Detail
             * @description A sentence for people.
             */
            detail: string;
            /**
             * Leadid
             * @description The lead.
             */
            leadId: number;
            /**
             * Reason
             * @description Why it was left as it was.
             * @enum {string}
             */
            reason: "not_found" | "illegal_move" | "company_in_other_arm";
        };
        /**
         * RegenerateRequest
         * @description Who is looked for, to be drafted anew.
         * @example {
         *       "text": "Heads of finance at German steel traders with 50 to 200 people"
         *     }
         */
        RegenerateRequest: {
            /** @description How many people are wanted; left out, what the experiment needs, or 500 to 5,000. */
            band?: components["schemas"]["BandIn"] | null;
            /**
             * Experimentid
             * @description An experiment: its filters where it has some, else what it says of who is meant.
             */
            experimentId?: number | null;
            /**
             * Filters
             * @description Filters by Wiza's names and words. 422 names an unknown word and the nearest known ones.
             */
            filters?: {
                [key: string]: unknown;
            } | null;
            /**
             * Hypothesis
             * @description What is to be different, or the hypothesis as text or object.
             */
            hypothesis?: string | {
                [key: string]: unknown;
            } | null;
            /**
             * Optimize
             * @description Whether they are moved to the band; false: counted once.
             * @default true
             */
            optimize?: boolean;
            /**
             * Text
             * @description Who is meant, in any language.
             */
            text?: string | null;
            /**
             * Workspaceid
             * @description The workspace it counts against; left out, the experiment's or the caller's default one.
             */
            workspaceId?: number | null;
        };
        /**
         * Rejected
         * @description An item of a batch that could not be saved.
         */
        Rejected: {
            /**
             * Errors
             * @description What is wrong with it.
             */
            errors: components["schemas"]["ItemError"][];
            /**
             * Index
             * @description Its place in the batch.
             */
            index: number;
        };
        /**
         * RoleChange
         * @description A member's new role.
         * @example {
         *       "role": "admin"
         *     }
         */
        RoleChange: {
            /** @description The new role. `owner`, set by an owner, hands the workspace over. */
            role: components["schemas"]["ProjectRole"];
        };
        /**
         * RowProblem
         * @description A row that was not added, and why.
         */
        RowProblem: {
            /**
             * Column
             * @description The column, when it is one cell's fault.
             */
            column?: string | null;
            /**
             * Duplicate
             * @description Whether it is only there already.
             * @default false
             */
            duplicate?: boolean;
            /**
             * Reason
             * @description Why, for people.
             */
            reason: string;
            /**
             * Row
             * @description The row, numbered as a spreadsheet does: the header is 1.
             */
            row: number;
        };
        /**
         * ScaleRequest
         * @description How far to scale a campaign, and for how much.
         * @example {
         *       "budget": 300,
         *       "targetLeadCount": 200
         *     }
         */
        ScaleRequest: {
            /**
             * Budget
             * @description The most credits to spend. Left out: what is left of the month's.
             */
            budget?: number | null;
            /**
             * Targetleadcount
             * @description Leads the campaign shall have in all; one job adds at most 1,000. Left out: as many as its experiment's `minimumSample` asks for, or twice as many as it has.
             */
            targetLeadCount?: number | null;
        };
        /**
         * ScaleStarted
         * @description The campaign is being scaled: ask for the job at `/jobs/{jobId}`.
         * @example {
         *       "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
         *       "jobType": "campaign_scale",
         *       "message": "The campaign is being scaled."
         *     }
         */
        ScaleStarted: {
            /**
             * Jobid
             * Format: uuid
             * @description The job.
             */
            jobId: string;
            /** @description What it does. */
            jobType: components["schemas"]["AsyncJobType"];
            /**
             * Message
             * @description The same for people.
             */
            message: string;
        };
        /**
         * ScoreRequest
         * @description Which leads of the campaign to score. Left out: all.
         * @example {
         *       "leadIds": [
         *         301,
         *         302
         *       ]
         *     }
         */
        ScoreRequest: {
            /**
             * Leadids
             * @description These leads, each of this campaign; left out: all, at most 10,000.
             */
            leadIds?: number[] | null;
        };
        /**
         * ScrapeRequest
         * @description Which website to read.
         */
        ScrapeRequest: {
            /**
             * Depth
             * @description 0: this page; 1: pages of the same host it links to as well; 2: one link further.
             * @default 0
             */
            depth?: number;
            /**
             * Url
             * @description The website: `acme.com`, or a full http or https address.
             */
            url: string;
            /**
             * Workspaceid
             * @description Keep the reading in this workspace; left out, it is only answered.
             */
            workspaceId?: number | null;
        };
        /**
         * SenderRead
         * @description The sender profile; empty until it is first saved.
         * @example {
         *       "approvedFacts": [
         *         "Nordstahl closes in two days since May."
         *       ],
         *       "company": "Acme",
         *       "customerNames": [
         *         "Nordstahl"
         *       ],
         *       "linkedinTier": "premium",
         *       "name": "Ada Berger",
         *       "optOutLine": "Tell me if you would rather not hear from me.",
         *       "postalAddress": "Ringstraße 1, 1010 Wien",
         *       "title": "Founder"
         *     }
         */
        SenderRead: {
            /**
             * Approvedfacts
             * @description Facts about us that a draft may state, word for word.
             * @default []
             */
            approvedFacts?: string[];
            /**
             * Company
             * @description The sender's company.
             */
            company?: string | null;
            /**
             * Customernames
             * @description Customers that a draft may name.
             * @default []
             */
            customerNames?: string[];
            /** @description The sender's LinkedIn account. */
            linkedinTier?: components["schemas"]["LinkedinTier"] | null;
            /**
             * Name
             * @description The name that messages are signed with.
             */
            name?: string | null;
            /**
             * Optoutline
             * @description The sentence that lets people decline.
             */
            optOutLine?: string | null;
            /**
             * Postaladdress
             * @description The postal address that commercial mail carries.
             */
            postalAddress?: string | null;
            /**
             * Title
             * @description The sender's position.
             */
            title?: string | null;
        };
        /**
         * SenderUpdate
         * @description Any of the fields: what is absent stays as it is, null clears it.
         * @example {
         *       "approvedFacts": [
         *         "Nordstahl closes in two days since May."
         *       ],
         *       "company": "Acme",
         *       "customerNames": [
         *         "Nordstahl"
         *       ],
         *       "linkedinTier": "premium",
         *       "name": "Ada Berger",
         *       "optOutLine": "Tell me if you would rather not hear from me.",
         *       "postalAddress": "Ringstraße 1, 1010 Wien",
         *       "title": "Founder"
         *     }
         */
        SenderUpdate: {
            /**
             * Approvedfacts
             * @description Facts about us that a draft may state, word for word.
             */
            approvedFacts?: string[] | null;
            /**
             * Company
             * @description The sender's company.
             */
            company?: string | null;
            /**
             * Customernames
             * @description Customers that a draft may name.
             */
            customerNames?: string[] | null;
            /** @description The sender's LinkedIn account; it decides how long a connection note may be. */
            linkedinTier?: components["schemas"]["LinkedinTier"] | null;
            /**
             * Name
             * @description The name that messages are signed with.
             */
            name?: string | null;
            /**
             * Optoutline
             * @description The sentence that lets people decline.
             */
            optOutLine?: string | null;
            /**
             * Postaladdress
             * @description The postal address that commercial mail has to carry.
             */
            postalAddress?: string | null;
            /**
             * Title
             * @description The sender's position.
             */
            title?: string | null;
        };
        /**
         * SessionRead
         * @description A discovery session.
         * @example {
         *       "approvals": [],
         *       "createdAt": "2026-11-25T10:00:00+00:00",
         *       "experimentsGenerated": [],
         *       "generatedIcps": null,
         *       "id": 12,
         *       "messages": [
         *         {
         *           "content": "We sell month-end software to finance teams.",
         *           "id": "msg_1",
         *           "incomplete": false,
         *           "role": "user",
         *           "timestamp": "2026-11-25T10:00:00+00:00",
         *           "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
         *         }
         *       ],
         *       "status": "active",
         *       "turnCount": 1,
         *       "updatedAt": "2026-11-25T10:00:04+00:00",
         *       "workspaceId": 3
         *     }
         */
        SessionRead: {
            /**
             * Approvals
             * @description What waits for a yes or no; mostly nothing.
             */
            approvals: components["schemas"]["ApprovalRead"][];
            /**
             * Createdat
             * Format: date-time
             * @description When it began.
             */
            createdAt: string;
            /**
             * Experimentsgenerated
             * @description Saved experiments that came of this talk.
             */
            experimentsGenerated: number[];
            /**
             * Generatedicps
             * @description The newest proposed set of experiments.
             */
            generatedIcps: unknown[] | null;
            /**
             * Id
             * @description Our number.
             */
            id: number;
            /**
             * Messages
             * @description The whole talk; last comes the message that is being answered, if one is.
             */
            messages: components["schemas"]["TalkMessage"][];
            /** @description active, completed or abandoned. */
            status: components["schemas"]["DiscoverySessionStatus"];
            /**
             * Turncount
             * @description Turns so far.
             */
            turnCount: number;
            /**
             * Updatedat
             * Format: date-time
             * @description When it last changed.
             */
            updatedAt: string;
            /**
             * Workspaceid
             * @description Its workspace.
             */
            workspaceId: number;
        };
        /**
         * SessionShown
         * @description A discovery session with all that its messages showed.
         * @example {
         *       "approvals": [],
         *       "createdAt": "2026-11-25T10:00:00+00:00",
         *       "experimentsGenerated": [],
         *       "generatedIcps": null,
         *       "id": 12,
         *       "messages": [
         *         {
         *           "content": "We sell month-end software to finance teams.",
         *           "id": "msg_1",
         *           "incomplete": false,
         *           "role": "user",
         *           "timestamp": "2026-11-25T10:00:00+00:00",
         *           "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
         *         }
         *       ],
         *       "parts": [],
         *       "status": "active",
         *       "turnCount": 1,
         *       "updatedAt": "2026-11-25T10:00:04+00:00",
         *       "workspaceId": 3
         *     }
         */
        SessionShown: {
            /**
             * Approvals
             * @description What waits for a yes or no; mostly nothing.
             */
            approvals: components["schemas"]["ApprovalRead"][];
            /**
             * Createdat
             * Format: date-time
             * @description When it began.
             */
            createdAt: string;
            /**
             * Experimentsgenerated
             * @description Saved experiments that came of this talk.
             */
            experimentsGenerated: number[];
            /**
             * Generatedicps
             * @description The newest proposed set of experiments.
             */
            generatedIcps: unknown[] | null;
            /**
             * Id
             * @description Our number.
             */
            id: number;
            /**
             * Messages
             * @description The whole talk; last comes the message that is being answered, if one is.
             */
            messages: components["schemas"]["TalkMessage"][];
            /**
             * Parts
             * @description Data parts of the agent's newest messages, oldest first: what the stream sent beside the text.
             */
            parts: components["schemas"]["MessageParts"][];
            /** @description active, completed or abandoned. */
            status: components["schemas"]["DiscoverySessionStatus"];
            /**
             * Turncount
             * @description Turns so far.
             */
            turnCount: number;
            /**
             * Updatedat
             * Format: date-time
             * @description When it last changed.
             */
            updatedAt: string;
            /**
             * Workspaceid
             * @description Its workspace.
             */
            workspaceId: number;
        };
        /**
         * SignalCreate
         * @description Something that a person noticed about a lead.
         * @example {
         *       "citations": [
         *         {
         *           "quote": "We are looking for a group controller.",
         *           "source": "page:https://acme.example/jobs",
         *           "url": "https://acme.example/jobs"
         *         }
         *       ],
         *       "detectedAt": "2026-11-20T08:00:00+00:00",
         *       "headline": "Acme hires a group controller",
         *       "signalType": "hiring",
         *       "strengthScore": 70
         *     }
         */
        SignalCreate: {
            /**
             * Citations
             * @description What it rests on. A quote has to stand where it is said to.
             */
            citations: components["schemas"]["CitationCreate"][];
            /**
             * Description
             * @description More about it.
             */
            description?: string | null;
            /**
             * Detectedat
             * @description When it was noticed; absent: now.
             */
            detectedAt?: string | null;
            /**
             * Headline
             * @description What happened, in one line.
             */
            headline: string;
            /** @description What kind of event it is. */
            signalType: components["schemas"]["SignalType"];
            /**
             * Strengthscore
             * @description How much it says about a need, 0 to 100.
             */
            strengthScore?: number | null;
        };
        /**
         * SignalRead
         * @description Something that was noticed about a lead.
         * @example {
         *       "citations": [
         *         {
         *           "quote": "We are looking for a group controller.",
         *           "source": "page:https://acme.example/jobs",
         *           "url": "https://acme.example/jobs"
         *         }
         *       ],
         *       "createdAt": "2026-11-20T08:00:00+00:00",
         *       "description": null,
         *       "detectedAt": "2026-11-20T08:00:00+00:00",
         *       "headline": "Acme hires a group controller",
         *       "id": 5,
         *       "leadId": 18,
         *       "signalType": "hiring",
         *       "strengthScore": 70
         *     }
         */
        SignalRead: {
            /**
             * Citations
             * @description What it rests on.
             */
            citations: components["schemas"]["CitationRead"][];
            /**
             * Createdat
             * Format: date-time
             * @description When it was saved.
             */
            createdAt: string;
            /**
             * Description
             * @description More about it.
             */
            description: string | null;
            /**
             * Detectedat
             * @description When it was noticed.
             */
            detectedAt: string | null;
            /**
             * Headline
             * @description What happened, in one line.
             */
            headline: string;
            /**
             * Id
             * @description The signal's id.
             */
            id: number;
            /**
             * Leadid
             * @description Whom it is about.
             */
            leadId: number;
            /** @description What kind of event it is. */
            signalType: components["schemas"]["SignalType"];
            /**
             * Strengthscore
             * @description How much it says about a need, 0 to 100.
             */
            strengthScore: number | null;
        };
        /**
         * SignalType
         * @description What kind of event a signal tells of.
         * @enum {string}
         */
        SignalType: "funding" | "hiring" | "expansion" | "product_launch" | "partnership" | "leadership_change" | "news_mention" | "social_activity";
        /**
         * Spent
         * @description What counts against the limits now.
         * @example {
         *       "creditsReserved": 2,
         *       "creditsThisMonth": 61.5,
         *       "tokensToday": 48210
         *     }
         */
        Spent: {
            /**
             * Creditsreserved
             * @description Credits promised to calls that are under way.
             */
            creditsReserved: number;
            /**
             * Creditsthismonth
             * @description Credits spent since the first of the month, UTC.
             */
            creditsThisMonth: number;
            /**
             * Tokenstoday
             * @description Tokens read and written by models since midnight UTC.
             */
            tokensToday: number;
        };
        /**
         * Standing
         * @description How well a value is known. Only code grants `observed`: the quote has to be found in a stored source.
         * @enum {string}
         */
        Standing: "observed" | "inferred" | "assumed";
        /**
         * StopBody
         * @description Which turn to stop.
         */
        StopBody: {
            /**
             * Messageid
             * @description Only the turn of the message with this id of the client's; one that has not come yet is stopped when it does.
             */
            messageId?: string | null;
            /**
             * Turnid
             * @description Only this turn; left out: whichever runs.
             */
            turnId?: string | null;
        };
        /**
         * Stopped
         * @description What was stopped.
         * @example {
         *       "stopped": true,
         *       "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
         *     }
         */
        Stopped: {
            /**
             * Stopped
             * @description Whether a turn was running.
             */
            stopped: boolean;
            /**
             * Turnid
             * @description The turn that was stopped.
             */
            turnId: string | null;
        };
        /**
         * StreamMetadata
         * @description What a message of the agent carries beside its parts.
         */
        StreamMetadata: {
            /**
             * Sessionid
             * @description The session.
             * @default null
             */
            sessionId?: number | null;
            /**
             * Stopped
             * @description True when the user stopped it.
             * @default null
             */
            stopped?: boolean | null;
            /**
             * Turnid
             * @description The turn.
             * @default null
             */
            turnId?: string | null;
            /**
             * @description At the end: tokens and cost.
             * @default null
             */
            usage?: components["schemas"]["UsagePart"] | null;
        };
        /**
         * StreamParts
         * @description Every data part by its name: `data-<name>` on the wire.
         */
        StreamParts: {
            /** @description Why it failed. */
            error: components["schemas"]["ErrorPart"];
            /** @description A proposed set. */
            experiments: components["schemas"]["ExperimentsPart"];
            /** @description What is known. */
            hypotheses: components["schemas"]["HypothesesPart"];
            /** @description Passing: where the agent is. */
            node: components["schemas"]["NodePart"];
            /** @description Answers to click. */
            suggestions: components["schemas"]["SuggestionsPart"];
            /** @description Tokens and cost. */
            usage: components["schemas"]["UsagePart"];
        };
        /**
         * SuggestionsPart
         * @description What the user may answer.
         */
        SuggestionsPart: {
            /**
             * Placeholder
             * @description For the empty input box.
             */
            placeholder: string | null;
            /**
             * Replies
             * @description Answers to click.
             */
            replies: string[];
        };
        /**
         * SuppressionCreate
         * @description Somebody, or a whole company, who must not be written to.
         * @example {
         *       "kind": "email",
         *       "reason": "opt_out",
         *       "value": "kim@example.com"
         *     }
         */
        SuppressionCreate: {
            /** @description What `value` is. A domain covers its subdomains. */
            kind: components["schemas"]["SuppressionKind"];
            /**
             * @description Why. `opt_out`, `complaint` and `legal` last: the product never removes them.
             * @default manual
             */
            reason?: components["schemas"]["SuppressionReason"];
            /**
             * Value
             * @description The address, the domain, or the LinkedIn profile (its address or its slug).
             */
            value: string;
        };
        /**
         * SuppressionKind
         * @description What is suppressed: one address, a whole domain, or a LinkedIn profile.
         * @enum {string}
         */
        SuppressionKind: "email" | "domain" | "linkedin";
        /**
         * SuppressionRead
         * @description A suppression. Who it is about is kept as a keyed hash only.
         * @example {
         *       "createdAt": "2026-11-22T10:00:00+00:00",
         *       "id": 9,
         *       "kind": "email",
         *       "reason": "opt_out",
         *       "value": "k***@example.com"
         *     }
         */
        SuppressionRead: {
            /**
             * Createdat
             * Format: date-time
             * @description When it was added.
             */
            createdAt: string;
            /**
             * Id
             * @description The suppression's id.
             */
            id: number;
            /** @description What is suppressed: an address, a domain or a profile. */
            kind: components["schemas"]["SuppressionKind"];
            /** @description Why. */
            reason: components["schemas"]["SuppressionReason"];
            /**
             * Value
             * @description The beginning of it, masked: enough to recognise it.
             */
            value: string | null;
        };
        /**
         * SuppressionReason
         * @description Why. `opt_out`, `complaint` and `legal` can't be removed by the product.
         * @enum {string}
         */
        SuppressionReason: "opt_out" | "bounce" | "complaint" | "competitor" | "customer" | "manual" | "legal";
        /**
         * TalkMessage
         * @description One message of a talk, as people see it.
         */
        TalkMessage: {
            /**
             * Content
             * @description What was said.
             */
            content: string;
            /**
             * Id
             * @description The message's id; the same as in the stream.
             */
            id?: string | null;
            /**
             * Incomplete
             * @description True when the answer was stopped or broke off.
             * @default false
             */
            incomplete?: boolean;
            /**
             * Role
             * @description Who said it.
             * @enum {string}
             */
            role: "user" | "assistant";
            /**
             * Timestamp
             * @description When; null when an old talk didn't say.
             */
            timestamp?: string | null;
            /**
             * Turnid
             * @description The turn it belongs to; feedback may name it.
             */
            turnId?: string | null;
        };
        /**
         * Ticket
         * @description A ticket for one stream of one user.
         * @example {
         *       "expiresIn": 900,
         *       "path": "/jobs/1/events",
         *       "ticket": "kq7Vw2…"
         *     }
         */
        Ticket: {
            /**
             * Expiresin
             * @description Seconds it is good for; the stream may be opened again until then.
             */
            expiresIn: number;
            /**
             * Path
             * @description The only path it is good for.
             */
            path: string;
            /**
             * Ticket
             * @description Send it as `?ticket=` in place of the Authorization header.
             */
            ticket: string;
        };
        /**
         * TicketRequest
         * @description Which stream a ticket is for.
         * @example {
         *       "path": "/jobs/1/events"
         *     }
         */
        TicketRequest: {
            /**
             * Path
             * @description The path of the GET stream, without host and query, such as `/jobs/123/events`.
             */
            path: string;
        };
        /**
         * UsagePart
         * @description What the turn has cost.
         */
        UsagePart: {
            /**
             * Costusd
             * @description US dollars.
             */
            costUsd: number;
            /**
             * Inputtokens
             * @description Tokens read.
             */
            inputTokens: number;
            /**
             * Model
             * @description The model that spoke.
             */
            model: string;
            /**
             * Outputtokens
             * @description Tokens written.
             */
            outputTokens: number;
            /**
             * Provider
             * @description Who runs it.
             */
            provider: string;
        };
        /**
         * UsageRead
         * @description What one graph spent with one model on one day, for one campaign or for none.
         * @example {
         *       "campaignId": null,
         *       "costUsd": 0.1294,
         *       "credits": 0,
         *       "day": "2026-11-22",
         *       "graph": "discovery",
         *       "inputTokens": 40100,
         *       "model": "gpt-6-sol",
         *       "outputTokens": 8110
         *     }
         */
        UsageRead: {
            /**
             * Campaignid
             * @description The campaign it was for; null: for none, or it is gone.
             */
            campaignId: number | null;
            /**
             * Costusd
             * @description US dollars, of the calls whose price is known.
             */
            costUsd: number;
            /**
             * Credits
             * @description Credits of providers that are paid by the piece.
             */
            credits: number;
            /**
             * Day
             * Format: date
             * @description The UTC day.
             */
            day: string;
            /**
             * Graph
             * @description What worked: a graph, or another consumer such as `website`.
             */
            graph: string | null;
            /**
             * Inputtokens
             * @description Tokens the model read.
             */
            inputTokens: number;
            /**
             * Model
             * @description The model that was asked; null when credits were spent.
             */
            model: string | null;
            /**
             * Outputtokens
             * @description Tokens the model wrote.
             */
            outputTokens: number;
        };
        /**
         * UserRole
         * @description A user's role in their Client (not in a workspace: that is ProjectRole).
         * @enum {string}
         */
        UserRole: "admin" | "member";
        /**
         * Verdict
         * @description What may be said of an arm beside its control.
         * @example {
         *       "a": 13,
         *       "b": 12,
         *       "more": 0,
         *       "verdict": "better"
         *     }
         */
        Verdict: {
            /**
             * A
             * @description The arm.
             */
            a: number;
            /**
             * B
             * @description Its control, the bullseye of the same talk.
             */
            b: number;
            /**
             * More
             * @description How many more leads an arm are needed before anything may be said.
             */
            more: number;
            /**
             * Verdict
             * @description How `a` did beside `b`. Once given, later days don't change it.
             * @enum {string}
             */
            verdict: "better" | "worse" | "no_difference" | "not_enough_data";
        };
        /**
         * WebsiteRead
         * @description What a website says.
         * @example {
         *       "cleaned": true,
         *       "content": "# Acme\n\nAcme plans crews for harbour tugs.",
         *       "description": "Crew planning for harbour tugs",
         *       "favicon": "https://acme.example/favicon.ico",
         *       "fetchedAt": "2026-11-25T10:00:00+00:00",
         *       "pages": [
         *         {
         *           "title": "Acme",
         *           "url": "https://acme.example/"
         *         }
         *       ],
         *       "title": "Acme",
         *       "url": "https://acme.example/"
         *     }
         */
        WebsiteRead: {
            /**
             * Cleaned
             * @description Whether menus and clutter were taken out; false when the model that does it failed.
             */
            cleaned: boolean;
            /**
             * Content
             * @description The readable text of all pages, in Markdown: nothing the pages don't say.
             */
            content: string;
            /**
             * Description
             * @description What the first page says of itself.
             */
            description: string | null;
            /**
             * Favicon
             * @description The address of its icon.
             */
            favicon: string | null;
            /**
             * Fetchedat
             * Format: date-time
             * @description When the first page was read.
             */
            fetchedAt: string;
            /**
             * Pages
             * @description The pages that were read, the first one first.
             */
            pages: components["schemas"]["PageRead"][];
            /**
             * Title
             * @description What the first page calls itself.
             */
            title: string | null;
            /**
             * Url
             * @description Where the first page is, after redirects.
             */
            url: string;
        };
        /**
         * WizaCallback
         * @description A call-back of Wiza. It is not believed: what it is about is asked for at Wiza.
         * @example {
         *       "data": {
         *         "id": 1001
         *       },
         *       "status": {
         *         "code": 200,
         *         "message": ""
         *       },
         *       "type": "individual_reveal"
         *     }
         */
        WizaCallback: {
            /** @description The reveal or list as Wiza's GET tells it. */
            data: components["schemas"]["WizaSubject"];
        };
        /**
         * WizaSubject
         * @description What the call-back is about; its other fields are not read.
         */
        WizaSubject: {
            /**
             * Id
             * @description Wiza's id of the reveal or list.
             */
            id: number | string;
        };
        /**
         * WorkspaceCreate
         * @description A new workspace; the caller becomes its owner.
         * @example {
         *       "name": "Acme",
         *       "website": "https://acme.example"
         *     }
         */
        WorkspaceCreate: {
            /**
             * Name
             * @description What the team calls it.
             */
            name: string;
            /**
             * Website
             * @description The company's website.
             */
            website?: string | null;
        };
        /**
         * WorkspaceRead
         * @description A workspace as its members see it.
         * @example {
         *       "createdAt": "2026-11-22T09:00:00+00:00",
         *       "discoveryChatHistory": [
         *         {
         *           "content": "We sell to finance teams.",
         *           "role": "user",
         *           "timestamp": "2026-11-22T10:00:00+00:00"
         *         }
         *       ],
         *       "faviconUrl": null,
         *       "id": 3,
         *       "language": null,
         *       "name": "Acme",
         *       "onboardingStatus": "incomplete",
         *       "ownerUserId": 7,
         *       "role": "owner",
         *       "settings": null,
         *       "status": "active",
         *       "timeZone": "UTC",
         *       "updatedAt": "2026-11-22T10:00:00+00:00",
         *       "website": "https://acme.example",
         *       "websiteScrape": null,
         *       "worldview": null
         *     }
         */
        WorkspaceRead: {
            /**
             * Createdat
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Discoverychathistory
             * @description The talk of the newest session.
             */
            discoveryChatHistory: components["schemas"]["ChatMessage"][];
            /**
             * Faviconurl
             * @description Address of the website's icon.
             */
            faviconUrl: string | null;
            /**
             * Id
             * @description The workspace's id.
             */
            id: number;
            /**
             * Language
             * @description The team's language as a BCP 47 tag.
             */
            language: string | null;
            /**
             * Name
             * @description What the team calls it.
             */
            name: string;
            /** @description Whether the onboarding questions are answered. */
            onboardingStatus: components["schemas"]["OnboardingStatus"];
            /**
             * Owneruserid
             * @description The owner who answers for the workspace.
             */
            ownerUserId: number | null;
            /** @description The caller's role. */
            role: components["schemas"]["ProjectRole"];
            /**
             * Settings
             * @description The clients' own settings.
             */
            settings: {
                [key: string]: unknown;
            } | null;
            /** @description `active`, `archived`, or `deleting` while it is removed. */
            status: components["schemas"]["ProjectStatus"];
            /**
             * Timezone
             * @description The IANA time zone in which the team's days begin.
             */
            timeZone: string;
            /**
             * Updatedat
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
            /**
             * Website
             * @description The company's website.
             */
            website: string | null;
            /**
             * Websitescrape
             * @description What the website says: text, an object, or null.
             */
            websiteScrape: unknown;
            /**
             * Worldview
             * @description How the company sees its market, in Markdown.
             */
            worldview: string | null;
        };
        /**
         * WorkspaceUpdate
         * @description Any of the fields: what is absent stays as it is, null clears it.
         * @example {
         *       "name": "Acme Finance",
         *       "onboardingStatus": "complete"
         *     }
         */
        WorkspaceUpdate: {
            /**
             * Discoverychathistory
             * @description A talk held elsewhere. It is kept as an imported session when it differs from the newest session; null or an empty list begins an empty one. Nothing that was said is removed.
             */
            discoveryChatHistory?: components["schemas"]["ChatEntry"][] | null;
            /**
             * Faviconurl
             * @description Address of the website's icon.
             */
            faviconUrl?: string | null;
            /**
             * Language
             * @description The team's language as a BCP 47 tag, such as de.
             */
            language?: string | null;
            /**
             * Name
             * @description What the team calls it; not null.
             */
            name?: string;
            /** @description `incomplete` or `complete`; also `completed`, `in_progress` and `not_started`. Not null. */
            onboardingStatus?: components["schemas"]["OnboardingStatus"];
            /**
             * Settings
             * @description The clients' own settings, kept as they are.
             */
            settings?: {
                [key: string]: unknown;
            } | null;
            /**
             * Timezone
             * @description The IANA time zone in which the team's days begin, such as Europe/Vienna; not null.
             */
            timeZone?: string;
            /**
             * Website
             * @description The company's website.
             */
            website?: string | null;
            /**
             * Websitescrape
             * @description What the website says: text, or the answer of `POST /scrape/website`.
             */
            websiteScrape?: {
                [key: string]: unknown;
            } | string | null;
            /**
             * Worldview
             * @description How the company sees its market, in Markdown.
             */
            worldview?: string | null;
        };
        /**
         * WorldviewRead
         * @description A company's worldview.
         * @example {
         *       "leftOut": 1,
         *       "provider": "openai",
         *       "statements": [
         *         {
         *           "quote": "towage companies with four to thirty tugs",
         *           "section": "customers",
         *           "source": "onboarding:company.customers",
         *           "text": "Harbour towage companies with four to thirty tugs."
         *         }
         *       ],
         *       "worldview": "# Tidewerk\n\n## Who buys\n\n- Harbour towage companies with four to thirty tugs.\n  > “towage companies with four to thirty tugs” (onboarding: company.customers)\n"
         *     }
         */
        WorldviewRead: {
            /**
             * Leftout
             * @description Statements of the model that no source carries; they are in none of this.
             */
            leftOut: number;
            /**
             * Provider
             * @description Whose model wrote it.
             */
            provider: string;
            /**
             * Statements
             * @description The statements one by one.
             */
            statements: components["schemas"]["WorldviewStatement"][];
            /**
             * Worldview
             * @description All statements in Markdown, each with its quote and source.
             */
            worldview: string;
        };
        /**
         * WorldviewRequest
         * @description What to make the worldview from. Left out: what is stored.
         * @example {
         *       "onboardingData": {
         *         "company": {
         *           "oneSentencePitch": "We plan crews for harbour tugs."
         *         }
         *       }
         *     }
         */
        WorldviewRequest: {
            /**
             * Onboardingdata
             * @description Onboarding answers in place of the stored ones.
             */
            onboardingData?: {
                [key: string]: unknown;
            } | null;
            /**
             * Websitescrape
             * @description What the website says, in place of the stored readings: text, or an object with `content`.
             */
            websiteScrape?: {
                [key: string]: unknown;
            } | string | null;
        };
        /**
         * WorldviewSection
         * @description The parts of a worldview, in the order they are read.
         * @enum {string}
         */
        WorldviewSection: "company" | "customers" | "problem" | "promise" | "proof" | "beliefs" | "voice" | "goals";
        /**
         * WorldviewStatement
         * @description A statement and the words it rests on.
         */
        WorldviewStatement: {
            /**
             * Quote
             * @description The words it rests on; they were found in the source.
             */
            quote: string;
            /** @description What it is about. */
            section: components["schemas"]["WorldviewSection"];
            /**
             * Source
             * @description Where they stand: `onboarding:<field>`, `page:<url>`, or `request:<field>` when they were sent along.
             */
            source: string;
            /**
             * Text
             * @description The statement.
             */
            text: string;
        };
        /**
         * ActivityRead
         * @description What somebody's posts tell.
         * @example {
         *       "hasEngagedWithCompany": false,
         *       "isActive": true,
         *       "peakTime": "Tuesday, 8 to 12 (UTC)",
         *       "quotes": [
         *         {
         *           "quote": "we hire two dispatchers",
         *           "source": "post:1",
         *           "text": "Hires two dispatchers."
         *         }
         *       ],
         *       "relevantTopics": [
         *         "Crew planning"
         *       ],
         *       "suggestedAngle": "Ask how the two dispatchers will share the night shifts.",
         *       "summary": "Plans crews by hand. Hires two dispatchers."
         *     }
         */
        tools__activity__schemas__ActivityRead: {
            /**
             * Hasengagedwithcompany
             * @description Whether a post names the sender's company or its website.
             */
            hasEngagedWithCompany: boolean;
            /**
             * Isactive
             * @description Whether something was posted in the last 30 days; without dates, whether there is any post.
             */
            isActive: boolean;
            /**
             * Peaktime
             * @description When most is posted: day and hours in UTC; null with fewer than three dates.
             */
            peakTime: string | null;
            /**
             * Quotes
             * @description The words that everything above rests on.
             */
            quotes: components["schemas"]["ActivityQuote"][];
            /**
             * Relevanttopics
             * @description Topics, each named by a post.
             */
            relevantTopics: string[];
            /**
             * Suggestedangle
             * @description A way to begin; null when no post gives one.
             */
            suggestedAngle: string | null;
            /**
             * Summary
             * @description What the posts say, only sentences that their words carry.
             */
            summary: string;
        };
        /**
         * ActivityRead
         * @description One thing that happened in a campaign.
         * @example {
         *       "activityType": "lead_contacted",
         *       "actorUserId": 5,
         *       "campaignId": 7,
         *       "createdAt": "2026-11-22T10:00:00Z",
         *       "description": null,
         *       "id": 90,
         *       "leadId": 301,
         *       "metadata": {
         *         "from": "queued",
         *         "to": "sent"
         *       },
         *       "status": "sent",
         *       "title": "Ada Lovelace was written to"
         *     }
         */
        tools__campaigns__schemas__ActivityRead: {
            /** @description What happened. */
            activityType: components["schemas"]["ActivityType"];
            /**
             * Actoruserid
             * @description Who did it; null: the system.
             */
            actorUserId: number | null;
            /**
             * Campaignid
             * @description The campaign it happened in.
             */
            campaignId: number;
            /**
             * Createdat
             * Format: date-time
             * @description When it happened.
             */
            createdAt: string;
            /**
             * Description
             * @description More about it.
             */
            description: string | null;
            /**
             * Id
             * @description The activity's id.
             */
            id: number;
            /**
             * Leadid
             * @description The lead it is about, if one and if it still exists.
             */
            leadId: number | null;
            /**
             * Metadata
             * @description Details; of a move `from` and `to`.
             */
            metadata: {
                [key: string]: unknown;
            } | null;
            /**
             * Status
             * @description The status something moved to.
             */
            status: string | null;
            /**
             * Title
             * @description What happened, for people.
             */
            title: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    analyzeActivity: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "hasEngagedWithCompany": false,
                     *         "isActive": true,
                     *         "peakTime": "Tuesday, 8 to 12 (UTC)",
                     *         "quotes": [
                     *           {
                     *             "quote": "we hire two dispatchers",
                     *             "source": "post:1",
                     *             "text": "Hires two dispatchers."
                     *           }
                     *         ],
                     *         "relevantTopics": [
                     *           "Crew planning"
                     *         ],
                     *         "suggestedAngle": "Ask how the two dispatchers will share the night shifts.",
                     *         "summary": "Plans crews by hand. Hires two dispatchers."
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ActivityRead_"];
                };
            };
        };
    };
    composeOutreach: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AiOutreachRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "body": "Hi Jonna,\n\nBrennholt is hiring two crew planners for the night desk. …",
                     *         "connectionRequest": null,
                     *         "declined": null,
                     *         "followUp": null,
                     *         "messageIds": [
                     *           31
                     *         ],
                     *         "notWritten": [],
                     *         "subject": "planners for the night desk"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_AiOutreachRead_"];
                };
            };
        };
    };
    composeOutreachBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AiBatchRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "error": null,
                     *           "leadId": 18,
                     *           "message": {
                     *             "body": "Hi Jonna,\n\nBrennholt is hiring two crew planners for the night desk. …",
                     *             "connectionRequest": null,
                     *             "declined": null,
                     *             "followUp": null,
                     *             "messageIds": [
                     *               31
                     *             ],
                     *             "notWritten": [],
                     *             "subject": "planners for the night desk"
                     *           }
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_list_AiBatchItem__"];
                };
            };
            /** @description A job writes them; ask for it at /jobs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "clientId": 2,
                     *         "email": "kim@acme.example",
                     *         "name": "Kim Doe",
                     *         "role": "admin",
                     *         "supabaseUserId": "3f8a1c52-96b4-4a3e-8d57-21c0f6a9e4b7",
                     *         "userId": 5,
                     *         "workspaces": [
                     *           {
                     *             "id": 3,
                     *             "name": "Acme",
                     *             "role": "owner"
                     *           }
                     *         ]
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_Me_"];
                };
            };
        };
    };
    createStreamTicket: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "/jobs/018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d/events"
                 *     }
                 */
                "application/json": components["schemas"]["TicketRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "expiresIn": 900,
                     *         "path": "/jobs/1/events",
                     *         "ticket": "kq7Vw2…"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_Ticket_"];
                };
            };
        };
    };
    createCampaignInWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignCreateSomewhere"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "autopilotEnabled": false,
                     *         "contactedCount": 104,
                     *         "createdAt": "2026-11-22T10:00:00Z",
                     *         "dailyLeadLimit": 50,
                     *         "experimentId": 12,
                     *         "id": 7,
                     *         "lastDiscoveryRun": null,
                     *         "meetingsBooked": 1,
                     *         "name": "Finance leads, November",
                     *         "nextDiscoveryRun": null,
                     *         "repliedCount": 4,
                     *         "settings": {
                     *           "tone": "plain"
                     *         },
                     *         "stats": {
                     *           "byOutcome": {
                     *             "interested": 3,
                     *             "meeting_booked": 1
                     *           },
                     *           "byStatus": {
                     *             "found": 40,
                     *             "responded": 4,
                     *             "sent": 100
                     *           },
                     *           "replyRate": {
                     *             "high": 0.0947,
                     *             "low": 0.0151,
                     *             "n": 104,
                     *             "value": 0.0385
                     *           }
                     *         },
                     *         "status": "active",
                     *         "totalLeads": 144,
                     *         "updatedAt": "2026-11-22T10:00:00Z",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_CampaignRead_"];
                };
            };
        };
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "autopilotEnabled": false,
                     *         "contactedCount": 104,
                     *         "createdAt": "2026-11-22T10:00:00Z",
                     *         "dailyLeadLimit": 50,
                     *         "experimentId": 12,
                     *         "id": 7,
                     *         "lastDiscoveryRun": null,
                     *         "meetingsBooked": 1,
                     *         "name": "Finance leads, November",
                     *         "nextDiscoveryRun": null,
                     *         "repliedCount": 4,
                     *         "settings": {
                     *           "tone": "plain"
                     *         },
                     *         "stats": {
                     *           "byOutcome": {
                     *             "interested": 3,
                     *             "meeting_booked": 1
                     *           },
                     *           "byStatus": {
                     *             "found": 40,
                     *             "responded": 4,
                     *             "sent": 100
                     *           },
                     *           "replyRate": {
                     *             "high": 0.0947,
                     *             "low": 0.0151,
                     *             "n": 104,
                     *             "value": 0.0385
                     *           }
                     *         },
                     *         "status": "active",
                     *         "totalLeads": 144,
                     *         "updatedAt": "2026-11-22T10:00:00Z",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_CampaignRead_"];
                };
            };
        };
    };
    updateCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "autopilotEnabled": false,
                     *         "contactedCount": 104,
                     *         "createdAt": "2026-11-22T10:00:00Z",
                     *         "dailyLeadLimit": 50,
                     *         "experimentId": 12,
                     *         "id": 7,
                     *         "lastDiscoveryRun": null,
                     *         "meetingsBooked": 1,
                     *         "name": "Finance leads, November",
                     *         "nextDiscoveryRun": null,
                     *         "repliedCount": 4,
                     *         "settings": {
                     *           "tone": "plain"
                     *         },
                     *         "stats": {
                     *           "byOutcome": {
                     *             "interested": 3,
                     *             "meeting_booked": 1
                     *           },
                     *           "byStatus": {
                     *             "found": 40,
                     *             "responded": 4,
                     *             "sent": 100
                     *           },
                     *           "replyRate": {
                     *             "high": 0.0947,
                     *             "low": 0.0151,
                     *             "n": 104,
                     *             "value": 0.0385
                     *           }
                     *         },
                     *         "status": "active",
                     *         "totalLeads": 144,
                     *         "updatedAt": "2026-11-22T10:00:00Z",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_CampaignRead_"];
                };
            };
        };
    };
    deleteCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": null,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_NoneType_"];
                };
            };
        };
    };
    listCampaignActivities: {
        parameters: {
            query?: {
                /** @description Only these kinds; repeat it for several. */
                activityType?: components["schemas"]["ActivityType"][] | null;
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "activityType": "lead_contacted",
                     *           "actorUserId": 5,
                     *           "campaignId": 7,
                     *           "createdAt": "2026-11-22T10:00:00Z",
                     *           "description": null,
                     *           "id": 90,
                     *           "leadId": 301,
                     *           "metadata": {
                     *             "from": "queued",
                     *             "to": "sent"
                     *           },
                     *           "status": "sent",
                     *           "title": "Ada Lovelace was written to"
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_ActivityRead_"];
                };
            };
        };
    };
    listCampaignLeads: {
        parameters: {
            query?: {
                /** @description The order; with a minus the other way round. */
                sort?: "createdAt" | "-createdAt" | "relevanceScore" | "-relevanceScore" | "fullName" | "-fullName";
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
                /** @description Only these statuses; repeat for several. */
                status?: components["schemas"]["LeadStatus"][] | null;
                /** @description Only these outcomes; repeat for several. */
                outcome?: components["schemas"]["LeadOutcome"][] | null;
                /** @description Only these campaigns; repeat for several. */
                campaignId?: number[] | null;
                /** @description Only these experiments; repeat for several. */
                experimentId?: number[] | null;
                /** @description Only with at least this relevance. */
                minScore?: number | null;
                /** @description Only with at most this relevance. */
                maxScore?: number | null;
                /** @description Only with this text in name, title, company or e-mail. */
                q?: string | null;
            };
            header?: never;
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "aiSummary": null,
                     *           "avatarUrl": null,
                     *           "campaignId": 7,
                     *           "company": "Analytical Engines",
                     *           "companyDomain": "engines.example",
                     *           "contactedAt": null,
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "email": "ada@engines.example",
                     *           "fullName": "Ada Lovelace",
                     *           "id": 301,
                     *           "jobTitle": "Head of Finance",
                     *           "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
                     *           "location": "London",
                     *           "outboundMessage": null,
                     *           "outcome": null,
                     *           "outcomeReason": null,
                     *           "personId": 88,
                     *           "phone": null,
                     *           "relevanceReasons": [
                     *             "Closes the books by hand"
                     *           ],
                     *           "relevanceScore": 80,
                     *           "respondedAt": null,
                     *           "status": "found",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00",
                     *           "workspaceId": 3
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_LeadListed_"];
                };
            };
        };
    };
    addLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadCreate"] | components["schemas"]["LeadBatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "aiSummary": null,
                     *         "avatarUrl": null,
                     *         "campaignId": 7,
                     *         "company": "Analytical Engines",
                     *         "companyDomain": "engines.example",
                     *         "contactedAt": null,
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "email": "ada@engines.example",
                     *         "enrichmentData": null,
                     *         "fullName": "Ada Lovelace",
                     *         "id": 301,
                     *         "jobTitle": "Head of Finance",
                     *         "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
                     *         "location": "London",
                     *         "outboundMessage": null,
                     *         "outcome": null,
                     *         "outcomeReason": null,
                     *         "personId": 88,
                     *         "phone": null,
                     *         "relevanceReasons": [
                     *           "Closes the books by hand"
                     *         ],
                     *         "relevanceScore": 80,
                     *         "respondedAt": null,
                     *         "status": "found",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["LeadAdded"] | components["schemas"]["LeadsAdded"];
                };
            };
        };
    };
    addLeadBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadBatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "aiSummary": null,
                     *           "avatarUrl": null,
                     *           "campaignId": 7,
                     *           "company": "Analytical Engines",
                     *           "companyDomain": "engines.example",
                     *           "contactedAt": null,
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "email": "ada@engines.example",
                     *           "enrichmentData": null,
                     *           "fullName": "Ada Lovelace",
                     *           "id": 301,
                     *           "jobTitle": "Head of Finance",
                     *           "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
                     *           "location": "London",
                     *           "outboundMessage": null,
                     *           "outcome": null,
                     *           "outcomeReason": null,
                     *           "personId": 88,
                     *           "phone": null,
                     *           "relevanceReasons": [
                     *             "Closes the books by hand"
                     *           ],
                     *           "relevanceScore": 80,
                     *           "respondedAt": null,
                     *           "status": "found",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00",
                     *           "workspaceId": 3
                     *         }
                     *       ],
                     *       "duplicates": [],
                     *       "message": "OK",
                     *       "rejected": [],
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["LeadsAdded"];
                };
            };
        };
    };
    enrichLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnrichMany"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    importLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "Name,E-mail\nAda Lovelace,ada@engines.example\n",
                 *       "mapping": "{\"Name\": \"fullName\"}"
                 *     }
                 */
                "multipart/form-data": components["schemas"]["Body_importLeads"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "added": 1,
                     *         "complete": true,
                     *         "duplicates": 1,
                     *         "problems": [
                     *           {
                     *             "duplicate": true,
                     *             "reason": "It is there already (email).",
                     *             "row": 3
                     *           },
                     *           {
                     *             "column": "Email",
                     *             "duplicate": false,
                     *             "reason": "It is not UTF-8 text.",
                     *             "row": 4
                     *           }
                     *         ],
                     *         "problemsLeftOut": 0,
                     *         "refused": 1,
                     *         "rows": 3,
                     *         "warnings": []
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ImportReport_"];
                };
            };
        };
    };
    scoreLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScoreRequest"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "changed": 17,
                     *         "scored": 120
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_LeadsScored_"];
                };
            };
        };
    };
    searchLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadSearch"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    generateCampaignOutreach: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkOutreach"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    scaleCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The campaign's id. */
                campaign_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScaleRequest"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "campaign_scale",
                     *         "message": "The campaign is being scaled."
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ScaleStarted_"];
                };
            };
        };
    };
    getExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The experiment's id. */
                experiment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "design": null,
                     *         "id": 12,
                     *         "industries": [
                     *           "Manufacturing"
                     *         ],
                     *         "leadsFound": 0,
                     *         "leadsWarming": 0,
                     *         "meetingsBooked": 0,
                     *         "name": "Finance leads of mid-sized manufacturers",
                     *         "outreachAngle": "Close in two days without a new ERP",
                     *         "pain": "Month-end takes nine days",
                     *         "pattern": "Finance leads who close the books by hand",
                     *         "status": "pending",
                     *         "trigger": "A new auditor",
                     *         "type": "bullseye",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "wizaFilters": null,
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ExperimentRead_"];
                };
            };
        };
    };
    updateExperiment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
            };
            path: {
                /** @description The experiment's id. */
                experiment_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "design": null,
                     *         "id": 12,
                     *         "industries": [
                     *           "Manufacturing"
                     *         ],
                     *         "leadsFound": 0,
                     *         "leadsWarming": 0,
                     *         "meetingsBooked": 0,
                     *         "name": "Finance leads of mid-sized manufacturers",
                     *         "outreachAngle": "Close in two days without a new ERP",
                     *         "pain": "Month-end takes nine days",
                     *         "pattern": "Finance leads who close the books by hand",
                     *         "status": "pending",
                     *         "trigger": "A new auditor",
                     *         "type": "bullseye",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "wizaFilters": null,
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ExperimentRead_"];
                };
            };
        };
    };
    deleteExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The experiment's id. */
                experiment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": null,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_NoneType_"];
                };
            };
        };
    };
    regenerateExperimentFilters: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The experiment's id. */
                experiment_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ExperimentRegenerate"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "filters": {
                     *           "company_industry": [
                     *             {
                     *               "s": "i",
                     *               "v": "wholesale"
                     *             }
                     *           ],
                     *           "company_location": [
                     *             {
                     *               "b": "country",
                     *               "s": "i",
                     *               "v": "Germany"
                     *             }
                     *           ],
                     *           "company_size": [
                     *             "51-200",
                     *             "201-500"
                     *           ],
                     *           "job_role": [
                     *             "finance"
                     *           ],
                     *           "job_title_level": [
                     *             "CXO",
                     *             "VP"
                     *           ]
                     *         },
                     *         "optimizationSuggestions": [],
                     *         "prospectCount": 812,
                     *         "proven": true,
                     *         "reached": true,
                     *         "saved": false,
                     *         "steps": [
                     *           {
                     *             "change": "Counted what was asked for.",
                     *             "count": 301,
                     *             "why": "To know where it stands."
                     *           },
                     *           {
                     *             "change": "company_size wider: 51-200, 201-500",
                     *             "count": 812,
                     *             "why": "301 are fewer than 500."
                     *           }
                     *         ]
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_FiltersRead_"];
                };
            };
        };
    };
    downloadExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The export's id. */
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, as it was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "campaignId": 7,
                     *         "fullName": "Ada Lovelace",
                     *         "id": 301,
                     *         "workspaceId": 3
                     *       }
                     *     ]
                     */
                    "application/json": Record<string, never>[];
                    /**
                     * @example id,campaignId,workspaceId,fullName
                     *     301,7,3,Ada Lovelace
                     */
                    "text/csv": string;
                };
            };
        };
    };
    optimizeFilters: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FilterRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "filters": {
                     *           "company_industry": [
                     *             {
                     *               "s": "i",
                     *               "v": "wholesale"
                     *             }
                     *           ],
                     *           "company_location": [
                     *             {
                     *               "b": "country",
                     *               "s": "i",
                     *               "v": "Germany"
                     *             }
                     *           ],
                     *           "company_size": [
                     *             "51-200",
                     *             "201-500"
                     *           ],
                     *           "job_role": [
                     *             "finance"
                     *           ],
                     *           "job_title_level": [
                     *             "CXO",
                     *             "VP"
                     *           ]
                     *         },
                     *         "optimizationSuggestions": [],
                     *         "prospectCount": 812,
                     *         "proven": true,
                     *         "reached": true,
                     *         "saved": false,
                     *         "steps": [
                     *           {
                     *             "change": "Counted what was asked for.",
                     *             "count": 301,
                     *             "why": "To know where it stands."
                     *           },
                     *           {
                     *             "change": "company_size wider: 51-200, 201-500",
                     *             "count": 812,
                     *             "why": "301 are fewer than 500."
                     *           }
                     *         ]
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_FiltersRead_"];
                };
            };
        };
    };
    regenerateFilters: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegenerateRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "filters": {
                     *           "company_industry": [
                     *             {
                     *               "s": "i",
                     *               "v": "wholesale"
                     *             }
                     *           ],
                     *           "company_location": [
                     *             {
                     *               "b": "country",
                     *               "s": "i",
                     *               "v": "Germany"
                     *             }
                     *           ],
                     *           "company_size": [
                     *             "51-200",
                     *             "201-500"
                     *           ],
                     *           "job_role": [
                     *             "finance"
                     *           ],
                     *           "job_title_level": [
                     *             "CXO",
                     *             "VP"
                     *           ]
                     *         },
                     *         "optimizationSuggestions": [],
                     *         "prospectCount": 812,
                     *         "proven": true,
                     *         "reached": true,
                     *         "saved": false,
                     *         "steps": [
                     *           {
                     *             "change": "Counted what was asked for.",
                     *             "count": 301,
                     *             "why": "To know where it stands."
                     *           },
                     *           {
                     *             "change": "company_size wider: 51-200, 201-500",
                     *             "count": 812,
                     *             "why": "301 are fewer than 500."
                     *           }
                     *         ]
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_FiltersRead_"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "status": "ok"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_Health_"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationAccept"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T09:00:00+00:00",
                     *         "id": 11,
                     *         "role": "owner",
                     *         "status": "active",
                     *         "user": {
                     *           "displayName": "Ada",
                     *           "email": "ada@acme.example",
                     *           "id": 7
                     *         },
                     *         "userId": 7,
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_MemberRead_"];
                };
            };
        };
    };
    listWorkspaceJobs: {
        parameters: {
            query?: {
                /** @description Only jobs that stand so. */
                status?: components["schemas"]["JobStatus"] | null;
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "completedAt": null,
                     *           "completedSteps": 3,
                     *           "createdAt": "2026-11-25T10:00:00+00:00",
                     *           "currentStep": "Exporting part 4 of 4",
                     *           "errorMessage": null,
                     *           "estimatedSecondsRemaining": 2,
                     *           "failures": [],
                     *           "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *           "jobType": "data_export",
                     *           "output": null,
                     *           "progress": 75,
                     *           "progressText": "75% complete",
                     *           "startedAt": "2026-11-25T10:00:01+00:00",
                     *           "status": "processing",
                     *           "totalSteps": 4
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_JobRead_"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: {
                /** @description Taken for older clients; the id alone is enough. */
                jobType?: components["schemas"]["AsyncJobType"] | null;
            };
            header?: never;
            path: {
                /** @description The job's id. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "completedAt": null,
                     *         "completedSteps": 3,
                     *         "createdAt": "2026-11-25T10:00:00+00:00",
                     *         "currentStep": "Exporting part 4 of 4",
                     *         "errorMessage": null,
                     *         "estimatedSecondsRemaining": 2,
                     *         "failures": [],
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export",
                     *         "output": null,
                     *         "progress": 75,
                     *         "progressText": "75% complete",
                     *         "startedAt": "2026-11-25T10:00:01+00:00",
                     *         "status": "processing",
                     *         "totalSteps": 4
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobRead_"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: {
                /** @description Taken for older clients; the id alone is enough. */
                jobType?: components["schemas"]["AsyncJobType"] | null;
            };
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The job's id. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": true,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_bool_"];
                };
            };
        };
    };
    followJob: {
        parameters: {
            query?: {
                /** @description The most seconds to follow it; whoever wants more asks again. */
                seconds?: number;
            };
            header?: never;
            path: {
                /** @description The job's id. */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The states, streamed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example data: {"jobId": "…", "status": "processing"}
                     *
                     *     data: [DONE]
                     */
                    "text/event-stream": string;
                };
            };
        };
    };
    resolveJobItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The job's id. */
                job_id: string;
                /** @description The item's id. */
                item_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemResolve"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "completedAt": null,
                     *         "completedSteps": 3,
                     *         "createdAt": "2026-11-25T10:00:00+00:00",
                     *         "currentStep": "Exporting part 4 of 4",
                     *         "errorMessage": null,
                     *         "estimatedSecondsRemaining": 2,
                     *         "failures": [],
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export",
                     *         "output": null,
                     *         "progress": 75,
                     *         "progressText": "75% complete",
                     *         "startedAt": "2026-11-25T10:00:01+00:00",
                     *         "status": "processing",
                     *         "totalSteps": 4
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobRead_"];
                };
            };
        };
    };
    changeManyLeads: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkStatus"] | components["schemas"]["BulkOutcome"] | components["schemas"]["BulkMove"] | components["schemas"]["BulkDelete"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "changed": 1,
                     *         "refused": [
                     *           {
                     *             "detail": "After `found` comes `enriching` or `drafted`, not `queued`.",
                     *             "leadId": 302,
                     *             "reason": "illegal_move"
                     *           }
                     *         ]
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_BulkDone_"];
                };
            };
        };
    };
    getLead: {
        parameters: {
            query?: {
                /** @description What to add to the answer. */
                include?: "rawData"[] | null;
            };
            header?: never;
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "aiSummary": null,
                     *         "avatarUrl": null,
                     *         "campaignId": 7,
                     *         "company": "Analytical Engines",
                     *         "companyDomain": "engines.example",
                     *         "contactedAt": null,
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "email": "ada@engines.example",
                     *         "enrichmentData": null,
                     *         "fullName": "Ada Lovelace",
                     *         "id": 301,
                     *         "jobTitle": "Head of Finance",
                     *         "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
                     *         "location": "London",
                     *         "outboundMessage": null,
                     *         "outcome": null,
                     *         "outcomeReason": null,
                     *         "personId": 88,
                     *         "phone": null,
                     *         "relevanceReasons": [
                     *           "Closes the books by hand"
                     *         ],
                     *         "relevanceScore": 80,
                     *         "respondedAt": null,
                     *         "status": "found",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_LeadRead_"];
                };
            };
        };
    };
    updateLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
            };
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "aiSummary": null,
                     *         "avatarUrl": null,
                     *         "campaignId": 7,
                     *         "company": "Analytical Engines",
                     *         "companyDomain": "engines.example",
                     *         "contactedAt": null,
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "email": "ada@engines.example",
                     *         "enrichmentData": null,
                     *         "fullName": "Ada Lovelace",
                     *         "id": 301,
                     *         "jobTitle": "Head of Finance",
                     *         "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
                     *         "location": "London",
                     *         "outboundMessage": null,
                     *         "outcome": null,
                     *         "outcomeReason": null,
                     *         "personId": 88,
                     *         "phone": null,
                     *         "relevanceReasons": [
                     *           "Closes the books by hand"
                     *         ],
                     *         "relevanceScore": 80,
                     *         "respondedAt": null,
                     *         "status": "found",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_LeadRead_"];
                };
            };
        };
    };
    deleteLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": null,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_NoneType_"];
                };
            };
        };
    };
    enrichLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EnrichOne"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    generateOutreach: {
        parameters: {
            query?: never;
            header?: {
                /** @description `respond-async`: start a job and answer 202. */
                prefer?: string | null;
                /** @description `text/event-stream`: the draft is streamed as it is written. */
                accept?: string | null;
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GenerateOutreach"] | null;
            };
        };
        responses: {
            /** @description The draft or the reason why there is none; as a stream: `token` and `subject` as they are written, `reset` (forget the text so far) when it is revised, `message` with the same as the JSON answer, `done`; or `error` {content, code, retryable}. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "declined": null,
                     *         "message": {
                     *           "body": "Would a two-day close be worth a talk?",
                     *           "campaignId": 4,
                     *           "channel": "email",
                     *           "checks": [],
                     *           "claims": [],
                     *           "content": "Would a two-day close be worth a talk?",
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "evidence": [],
                     *           "format": "email_cold",
                     *           "id": 31,
                     *           "isFollowup": false,
                     *           "leadId": 18,
                     *           "messageType": "initial_outreach",
                     *           "openedAt": null,
                     *           "repliedAt": null,
                     *           "scheduledAt": null,
                     *           "sentAt": null,
                     *           "sequenceNumber": 1,
                     *           "status": "draft",
                     *           "subject": "Closing the books",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00"
                     *         }
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_GeneratedOutreach_"];
                    /**
                     * @example data: {"type":"subject","content":"planners for the night desk"}
                     *
                     *     data: {"type":"token","content":"Hi Jonna, "}
                     *
                     *     data: {"type":"reset"}
                     *
                     *     data: {"type":"message","content":{"message":{},"declined":null}}
                     *
                     *     data: {"type":"done"}
                     *
                     *     data: [DONE]
                     */
                    "text/event-stream": string;
                };
            };
            /** @description A job writes it; ask for it at /jobs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "body": "Would a two-day close be worth a talk?",
                     *           "campaignId": 4,
                     *           "channel": "email",
                     *           "checks": [],
                     *           "claims": [],
                     *           "content": "Would a two-day close be worth a talk?",
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "evidence": [],
                     *           "format": "email_cold",
                     *           "id": 31,
                     *           "isFollowup": false,
                     *           "leadId": 18,
                     *           "messageType": "initial_outreach",
                     *           "openedAt": null,
                     *           "repliedAt": null,
                     *           "scheduledAt": null,
                     *           "sentAt": null,
                     *           "sequenceNumber": 1,
                     *           "status": "draft",
                     *           "subject": "Closing the books",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00"
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_MessageRead_"];
                };
            };
        };
    };
    createMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "body": "Would a two-day close be worth a talk?",
                     *         "campaignId": 4,
                     *         "channel": "email",
                     *         "checks": [],
                     *         "claims": [],
                     *         "content": "Would a two-day close be worth a talk?",
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "evidence": [],
                     *         "format": "email_cold",
                     *         "id": 31,
                     *         "isFollowup": false,
                     *         "leadId": 18,
                     *         "messageType": "initial_outreach",
                     *         "openedAt": null,
                     *         "repliedAt": null,
                     *         "scheduledAt": null,
                     *         "sentAt": null,
                     *         "sequenceNumber": 1,
                     *         "status": "draft",
                     *         "subject": "Closing the books",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_MessageRead_"];
                };
            };
        };
    };
    logLeadOutcome: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadOutcomeLog"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "aiSummary": null,
                     *         "avatarUrl": null,
                     *         "campaignId": 7,
                     *         "company": "Analytical Engines",
                     *         "companyDomain": "engines.example",
                     *         "contactedAt": null,
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "email": "ada@engines.example",
                     *         "enrichmentData": null,
                     *         "fullName": "Ada Lovelace",
                     *         "id": 301,
                     *         "jobTitle": "Head of Finance",
                     *         "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
                     *         "location": "London",
                     *         "outboundMessage": null,
                     *         "outcome": null,
                     *         "outcomeReason": null,
                     *         "personId": 88,
                     *         "phone": null,
                     *         "relevanceReasons": [
                     *           "Closes the books by hand"
                     *         ],
                     *         "relevanceScore": 80,
                     *         "respondedAt": null,
                     *         "status": "found",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_LeadRead_"];
                };
            };
        };
    };
    listOutreach: {
        parameters: {
            query?: {
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "body": "Would a two-day close be worth a talk?",
                     *           "campaignId": 4,
                     *           "channel": "email",
                     *           "checks": [],
                     *           "claims": [],
                     *           "content": "Would a two-day close be worth a talk?",
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "evidence": [],
                     *           "format": "email_cold",
                     *           "id": 31,
                     *           "isFollowup": false,
                     *           "leadId": 18,
                     *           "messageType": "initial_outreach",
                     *           "openedAt": null,
                     *           "repliedAt": null,
                     *           "scheduledAt": null,
                     *           "sentAt": null,
                     *           "sequenceNumber": 1,
                     *           "status": "draft",
                     *           "subject": "Closing the books",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00"
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_MessageRead_"];
                };
            };
        };
    };
    listSignals: {
        parameters: {
            query?: {
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "citations": [
                     *             {
                     *               "quote": "We are looking for a group controller.",
                     *               "source": "page:https://acme.example/jobs",
                     *               "url": "https://acme.example/jobs"
                     *             }
                     *           ],
                     *           "createdAt": "2026-11-20T08:00:00+00:00",
                     *           "description": null,
                     *           "detectedAt": "2026-11-20T08:00:00+00:00",
                     *           "headline": "Acme hires a group controller",
                     *           "id": 5,
                     *           "leadId": 18,
                     *           "signalType": "hiring",
                     *           "strengthScore": 70
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_SignalRead_"];
                };
            };
        };
    };
    createSignal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The lead's id. */
                lead_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignalCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "citations": [
                     *           {
                     *             "quote": "We are looking for a group controller.",
                     *             "source": "page:https://acme.example/jobs",
                     *             "url": "https://acme.example/jobs"
                     *           }
                     *         ],
                     *         "createdAt": "2026-11-20T08:00:00+00:00",
                     *         "description": null,
                     *         "detectedAt": "2026-11-20T08:00:00+00:00",
                     *         "headline": "Acme hires a group controller",
                     *         "id": 5,
                     *         "leadId": 18,
                     *         "signalType": "hiring",
                     *         "strengthScore": 70
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_SignalRead_"];
                };
            };
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message's id. */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "body": "Would a two-day close be worth a talk?",
                     *         "campaignId": 4,
                     *         "channel": "email",
                     *         "checks": [],
                     *         "claims": [],
                     *         "content": "Would a two-day close be worth a talk?",
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "evidence": [],
                     *         "format": "email_cold",
                     *         "id": 31,
                     *         "isFollowup": false,
                     *         "leadId": 18,
                     *         "messageType": "initial_outreach",
                     *         "openedAt": null,
                     *         "repliedAt": null,
                     *         "scheduledAt": null,
                     *         "sentAt": null,
                     *         "sequenceNumber": 1,
                     *         "status": "draft",
                     *         "subject": "Closing the books",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_MessageRead_"];
                };
            };
        };
    };
    updateMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
            };
            path: {
                /** @description The message's id. */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "body": "Would a two-day close be worth a talk?",
                     *         "campaignId": 4,
                     *         "channel": "email",
                     *         "checks": [],
                     *         "claims": [],
                     *         "content": "Would a two-day close be worth a talk?",
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "evidence": [],
                     *         "format": "email_cold",
                     *         "id": 31,
                     *         "isFollowup": false,
                     *         "leadId": 18,
                     *         "messageType": "initial_outreach",
                     *         "openedAt": null,
                     *         "repliedAt": null,
                     *         "scheduledAt": null,
                     *         "sentAt": null,
                     *         "sequenceNumber": 1,
                     *         "status": "draft",
                     *         "subject": "Closing the books",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_MessageRead_"];
                };
            };
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The message's id. */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": null,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_NoneType_"];
                };
            };
        };
    };
    erasePerson: {
        parameters: {
            query?: {
                /** @description Whether to forbid writing to them for good, kept as a hash only. */
                suppress?: boolean;
            };
            header?: never;
            path: {
                /** @description The person's id. */
                person_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "exports": 0,
                     *         "leadsEmptied": 1,
                     *         "leadsRemoved": 1,
                     *         "mentions": 3,
                     *         "messages": 2,
                     *         "paidCalls": 1,
                     *         "personId": 88,
                     *         "places": [
                     *           {
                     *             "field": "outreachAngle",
                     *             "id": 41,
                     *             "kind": "experiment",
                     *             "workspaceId": 12
                     *           }
                     *         ],
                     *         "runs": 1,
                     *         "signals": 0
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_PersonErased_"];
                };
            };
        };
    };
    exportPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's id. */
                person_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "activities": [],
                     *         "exportedAt": "2026-11-22T10:00:00+00:00",
                     *         "jobItems": [],
                     *         "leads": [
                     *           {
                     *             "campaignId": 7,
                     *             "fullName": "Ada Lovelace",
                     *             "id": 301,
                     *             "status": "sent"
                     *           }
                     *         ],
                     *         "mentions": [],
                     *         "messages": [
                     *           {
                     *             "content": "Would a two-day close be worth a talk?",
                     *             "id": 31,
                     *             "leadId": 301
                     *           }
                     *         ],
                     *         "paidCalls": [],
                     *         "person": {
                     *           "email": "ada@engines.example",
                     *           "fullName": "Ada Lovelace",
                     *           "id": 88
                     *         },
                     *         "places": [],
                     *         "runs": [],
                     *         "signals": [],
                     *         "suppressions": []
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_PersonExport_"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "migrations": true,
                     *         "postgres": true,
                     *         "redis": true
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_Readiness_"];
                };
            };
        };
    };
    scrapeWebsite: {
        parameters: {
            query?: never;
            header?: {
                /** @description `respond-async`: start a job and answer 202. */
                prefer?: string | null;
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "depth": 1,
                 *       "url": "https://acme.example",
                 *       "workspaceId": 3
                 *     }
                 */
                "application/json": components["schemas"]["ScrapeRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "cleaned": true,
                     *         "content": "# Acme\n\nAcme plans crews for harbour tugs.",
                     *         "description": "Crew planning for harbour tugs",
                     *         "favicon": "https://acme.example/favicon.ico",
                     *         "fetchedAt": "2026-11-25T10:00:00+00:00",
                     *         "pages": [
                     *           {
                     *             "title": "Acme",
                     *             "url": "https://acme.example/"
                     *           }
                     *         ],
                     *         "title": "Acme",
                     *         "url": "https://acme.example/"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_WebsiteRead_"];
                };
            };
            /** @description A job reads it; ask for it at /jobs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    scrapeWebsiteAlias: {
        parameters: {
            query?: never;
            header?: {
                /** @description `respond-async`: start a job and answer 202. */
                prefer?: string | null;
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://acme.example"
                 *     }
                 */
                "application/json": components["schemas"]["ScrapeRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "cleaned": true,
                     *         "content": "# Acme\n\nAcme plans crews for harbour tugs.",
                     *         "description": "Crew planning for harbour tugs",
                     *         "favicon": "https://acme.example/favicon.ico",
                     *         "fetchedAt": "2026-11-25T10:00:00+00:00",
                     *         "pages": [
                     *           {
                     *             "title": "Acme",
                     *             "url": "https://acme.example/"
                     *           }
                     *         ],
                     *         "title": "Acme",
                     *         "url": "https://acme.example/"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_WebsiteRead_"];
                };
            };
            /** @description A job reads it; ask for it at /jobs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    noteWizaCallback: {
        parameters: {
            query?: {
                /** @description The paid call, as our address named it. */
                callKey?: string;
                /** @description Which attempt at it, as our address named it. */
                attempt?: string;
            };
            header?: {
                /** @description Hex SHA-256 of the API key at Wiza. */
                "x-auth-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WizaCallback"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "known": false
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_Noted_"];
                };
            };
        };
    };
    listWorkspaces: {
        parameters: {
            query?: {
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "createdAt": "2026-11-22T09:00:00+00:00",
                     *           "discoveryChatHistory": [
                     *             {
                     *               "content": "We sell to finance teams.",
                     *               "role": "user",
                     *               "timestamp": "2026-11-22T10:00:00+00:00"
                     *             }
                     *           ],
                     *           "faviconUrl": null,
                     *           "id": 3,
                     *           "language": null,
                     *           "name": "Acme",
                     *           "onboardingStatus": "incomplete",
                     *           "ownerUserId": 7,
                     *           "role": "owner",
                     *           "settings": null,
                     *           "status": "active",
                     *           "timeZone": "UTC",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00",
                     *           "website": "https://acme.example",
                     *           "websiteScrape": null,
                     *           "worldview": null
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_WorkspaceRead_"];
                };
            };
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T09:00:00+00:00",
                     *         "discoveryChatHistory": [
                     *           {
                     *             "content": "We sell to finance teams.",
                     *             "role": "user",
                     *             "timestamp": "2026-11-22T10:00:00+00:00"
                     *           }
                     *         ],
                     *         "faviconUrl": null,
                     *         "id": 3,
                     *         "language": null,
                     *         "name": "Acme",
                     *         "onboardingStatus": "incomplete",
                     *         "ownerUserId": 7,
                     *         "role": "owner",
                     *         "settings": null,
                     *         "status": "active",
                     *         "timeZone": "UTC",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "website": "https://acme.example",
                     *         "websiteScrape": null,
                     *         "worldview": null
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_WorkspaceRead_"];
                };
            };
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T09:00:00+00:00",
                     *         "discoveryChatHistory": [
                     *           {
                     *             "content": "We sell to finance teams.",
                     *             "role": "user",
                     *             "timestamp": "2026-11-22T10:00:00+00:00"
                     *           }
                     *         ],
                     *         "faviconUrl": null,
                     *         "id": 3,
                     *         "language": null,
                     *         "name": "Acme",
                     *         "onboardingStatus": "incomplete",
                     *         "ownerUserId": 7,
                     *         "role": "owner",
                     *         "settings": null,
                     *         "status": "active",
                     *         "timeZone": "UTC",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "website": "https://acme.example",
                     *         "websiteScrape": null,
                     *         "worldview": null
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_WorkspaceRead_"];
                };
            };
        };
    };
    updateWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T09:00:00+00:00",
                     *         "discoveryChatHistory": [
                     *           {
                     *             "content": "We sell to finance teams.",
                     *             "role": "user",
                     *             "timestamp": "2026-11-22T10:00:00+00:00"
                     *           }
                     *         ],
                     *         "faviconUrl": null,
                     *         "id": 3,
                     *         "language": null,
                     *         "name": "Acme",
                     *         "onboardingStatus": "incomplete",
                     *         "ownerUserId": 7,
                     *         "role": "owner",
                     *         "settings": null,
                     *         "status": "active",
                     *         "timeZone": "UTC",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "website": "https://acme.example",
                     *         "websiteScrape": null,
                     *         "worldview": null
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_WorkspaceRead_"];
                };
            };
        };
    };
    deleteWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": null,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_NoneType_"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only this kind of thing, such as `member`. */
                entity?: string | null;
                /** @description Only the thing with this id. */
                entityId?: string | null;
                /** @description Only this action, such as `deleted`. */
                action?: string | null;
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "action": "moved",
                     *           "actorUserId": 7,
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "entity": "experiment",
                     *           "entityId": "12",
                     *           "from": {
                     *             "status": "pending"
                     *           },
                     *           "id": 41,
                     *           "to": {
                     *             "status": "creating_hypotheses"
                     *           }
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_AuditRead_"];
                };
            };
        };
    };
    getBudget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "creditsPerMonth": 500,
                     *         "creditsResetAt": "2026-12-01T00:00:00+00:00",
                     *         "resetsAt": "2026-11-23T00:00:00+00:00",
                     *         "spent": {
                     *           "creditsReserved": 2,
                     *           "creditsThisMonth": 61.5,
                     *           "tokensToday": 48210
                     *         },
                     *         "tokensPerDay": 2000000
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_BudgetRead_"];
                };
            };
        };
    };
    updateBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "creditsPerMonth": 500,
                     *         "creditsResetAt": "2026-12-01T00:00:00+00:00",
                     *         "resetsAt": "2026-11-23T00:00:00+00:00",
                     *         "spent": {
                     *           "creditsReserved": 2,
                     *           "creditsThisMonth": 61.5,
                     *           "tokensToday": 48210
                     *         },
                     *         "tokensPerDay": 2000000
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_BudgetRead_"];
                };
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description Only these statuses; repeat it for several. */
                status?: components["schemas"]["CampaignStatus"][] | null;
                /** @description Only campaigns of this experiment. */
                experimentId?: number | null;
                /** @description Oldest first, or with a minus newest first. */
                sort?: "createdAt" | "-createdAt";
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "autopilotEnabled": false,
                     *           "contactedCount": 104,
                     *           "createdAt": "2026-11-22T10:00:00Z",
                     *           "dailyLeadLimit": 50,
                     *           "experimentId": 12,
                     *           "id": 7,
                     *           "lastDiscoveryRun": null,
                     *           "meetingsBooked": 1,
                     *           "name": "Finance leads, November",
                     *           "nextDiscoveryRun": null,
                     *           "repliedCount": 4,
                     *           "settings": {
                     *             "tone": "plain"
                     *           },
                     *           "stats": {
                     *             "byOutcome": {
                     *               "interested": 3,
                     *               "meeting_booked": 1
                     *             },
                     *             "byStatus": {
                     *               "found": 40,
                     *               "responded": 4,
                     *               "sent": 100
                     *             },
                     *             "replyRate": {
                     *               "high": 0.0947,
                     *               "low": 0.0151,
                     *               "n": 104,
                     *               "value": 0.0385
                     *             }
                     *           },
                     *           "status": "active",
                     *           "totalLeads": 144,
                     *           "updatedAt": "2026-11-22T10:00:00Z",
                     *           "workspaceId": 3
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_CampaignRead_"];
                };
            };
        };
    };
    createCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "autopilotEnabled": false,
                     *         "contactedCount": 104,
                     *         "createdAt": "2026-11-22T10:00:00Z",
                     *         "dailyLeadLimit": 50,
                     *         "experimentId": 12,
                     *         "id": 7,
                     *         "lastDiscoveryRun": null,
                     *         "meetingsBooked": 1,
                     *         "name": "Finance leads, November",
                     *         "nextDiscoveryRun": null,
                     *         "repliedCount": 4,
                     *         "settings": {
                     *           "tone": "plain"
                     *         },
                     *         "stats": {
                     *           "byOutcome": {
                     *             "interested": 3,
                     *             "meeting_booked": 1
                     *           },
                     *           "byStatus": {
                     *             "found": 40,
                     *             "responded": 4,
                     *             "sent": 100
                     *           },
                     *           "replyRate": {
                     *             "high": 0.0947,
                     *             "low": 0.0151,
                     *             "n": 104,
                     *             "value": 0.0385
                     *           }
                     *         },
                     *         "status": "active",
                     *         "totalLeads": 144,
                     *         "updatedAt": "2026-11-22T10:00:00Z",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_CampaignRead_"];
                };
            };
        };
    };
    chat: {
        parameters: {
            query?: {
                /** @description The form of the stream; left out: what suits the body that was sent. */
                format?: ("ai-sdk" | "plain") | null;
            };
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: start a job and answer 202. */
                prefer?: string | null;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "message": "We sell month-end software to finance teams.",
                 *       "sessionId": 12
                 *     }
                 */
                "application/json": components["schemas"]["MessageBody"] | components["schemas"]["AiSdkBody"] | components["schemas"]["PlainBody"];
            };
        };
        responses: {
            /** @description The turn, streamed, or as one object. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "experiments": null,
                     *         "message": "Who asks for a faster close, and what made them ask?",
                     *         "placeholder": "The last one was …",
                     *         "sessionId": 12,
                     *         "turnCount": 1,
                     *         "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ChatAnswer_"];
                    /**
                     * @example id: 1.1.1
                     *     data: {"type":"start","messageId":"7e4d379f-10cf-4861-8df6-8cb4e646d3c3"}
                     *
                     *     id: 1.2.1
                     *     data: {"type":"text-delta","id":"t1","delta":"Who asks"}
                     *
                     *     data: [DONE]
                     */
                    "text/event-stream": unknown;
                };
            };
            /** @description A job runs the turn; ask for it at /jobs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    streamChat: {
        parameters: {
            query?: {
                /** @description The form of the stream; left out: what suits the body that was sent. */
                format?: ("ai-sdk" | "plain") | null;
            };
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "content": "We sell to finance teams.",
                 *           "role": "user"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["MessageBody"] | components["schemas"]["AiSdkBody"] | components["schemas"]["PlainBody"];
            };
        };
        responses: {
            /** @description The turn, streamed, or as one object. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "experiments": null,
                     *         "message": "Who asks for a faster close, and what made them ask?",
                     *         "placeholder": "The last one was …",
                     *         "sessionId": 12,
                     *         "turnCount": 1,
                     *         "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ChatAnswer_"];
                    /**
                     * @example id: 1.1.1
                     *     data: {"type":"start","messageId":"7e4d379f-10cf-4861-8df6-8cb4e646d3c3"}
                     *
                     *     id: 1.2.1
                     *     data: {"type":"text-delta","id":"t1","delta":"Who asks"}
                     *
                     *     data: [DONE]
                     */
                    "text/event-stream": unknown;
                };
            };
        };
    };
    answerApproval: {
        parameters: {
            query?: {
                /** @description The form of the stream; left out: what suits the body that was sent. */
                format?: ("ai-sdk" | "plain") | null;
                /** @description Version of the AI SDK's chunks: `ai-7` for clients with version 7 of the package. */
                protocol?: "ai-6" | "ai-7";
            };
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description Our session id, or the chat id the client chose. */
                sid: string;
                /** @description As the stream named it. */
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalBody"];
            };
        };
        responses: {
            /** @description The turn, streamed, or as one object. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "experiments": null,
                     *         "message": "Who asks for a faster close, and what made them ask?",
                     *         "placeholder": "The last one was …",
                     *         "sessionId": 12,
                     *         "turnCount": 1,
                     *         "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ChatAnswer_"];
                    /**
                     * @example id: 1.1.1
                     *     data: {"type":"start","messageId":"7e4d379f-10cf-4861-8df6-8cb4e646d3c3"}
                     *
                     *     id: 1.2.1
                     *     data: {"type":"text-delta","id":"t1","delta":"Who asks"}
                     *
                     *     data: [DONE]
                     */
                    "text/event-stream": unknown;
                };
            };
        };
    };
    stopChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description Our session id, or the chat id the client chose. */
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "messageId": "msg_1"
                 *     }
                 */
                "application/json": components["schemas"]["StopBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "stopped": true,
                     *         "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_Stopped_"];
                };
            };
        };
    };
    resumeChatStream: {
        parameters: {
            query?: {
                /** @description The form of the stream; left out: what suits the body that was sent. */
                format?: ("ai-sdk" | "plain") | null;
                /** @description Version of the AI SDK's chunks: `ai-7` for clients with version 7 of the package. */
                protocol?: "ai-6" | "ai-7";
            };
            header?: {
                /** @description The last `id` that was received: only what follows is sent. */
                "last-event-id"?: string | null;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description Our session id, or the chat id the client chose. */
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The turn, streamed, or as one object. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 1.1.1
                     *     data: {"type":"start","messageId":"7e4d379f-10cf-4861-8df6-8cb4e646d3c3"}
                     *
                     *     id: 1.2.1
                     *     data: {"type":"text-delta","id":"t1","delta":"Who asks"}
                     *
                     *     data: [DONE]
                     */
                    "text/event-stream": unknown;
                };
            };
            /** @description No turn runs, and nothing of the last is unread. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    giveDiscoveryFeedback: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-25T10:05:00+00:00",
                     *         "experimentContext": null,
                     *         "feedback": "Sharp questions.",
                     *         "id": 9,
                     *         "rating": 4,
                     *         "sessionId": 12,
                     *         "turnId": null,
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_FeedbackRead_"];
                };
            };
        };
    };
    getDiscoveryHistory: {
        parameters: {
            query?: {
                /** @description Another session than the newest. */
                sessionId?: string | null;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "approvals": [],
                     *         "messages": [
                     *           {
                     *             "content": "We sell month-end software to finance teams.",
                     *             "id": "msg_1",
                     *             "incomplete": false,
                     *             "role": "user",
                     *             "timestamp": "2026-11-25T10:00:00+00:00",
                     *             "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
                     *           }
                     *         ],
                     *         "sessionId": 12
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_HistoryRead_"];
                };
            };
        };
    };
    listDiscoverySessions: {
        parameters: {
            query?: {
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "approvals": [],
                     *           "createdAt": "2026-11-25T10:00:00+00:00",
                     *           "experimentsGenerated": [],
                     *           "generatedIcps": null,
                     *           "id": 12,
                     *           "messages": [
                     *             {
                     *               "content": "We sell month-end software to finance teams.",
                     *               "id": "msg_1",
                     *               "incomplete": false,
                     *               "role": "user",
                     *               "timestamp": "2026-11-25T10:00:00+00:00",
                     *               "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
                     *             }
                     *           ],
                     *           "status": "active",
                     *           "turnCount": 1,
                     *           "updatedAt": "2026-11-25T10:00:04+00:00",
                     *           "workspaceId": 3
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_SessionRead_"];
                };
            };
        };
    };
    getDiscoverySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description Our session id, or the chat id the client chose. */
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "approvals": [],
                     *         "createdAt": "2026-11-25T10:00:00+00:00",
                     *         "experimentsGenerated": [],
                     *         "generatedIcps": null,
                     *         "id": 12,
                     *         "messages": [
                     *           {
                     *             "content": "We sell month-end software to finance teams.",
                     *             "id": "msg_1",
                     *             "incomplete": false,
                     *             "role": "user",
                     *             "timestamp": "2026-11-25T10:00:00+00:00",
                     *             "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
                     *           }
                     *         ],
                     *         "parts": [],
                     *         "status": "active",
                     *         "turnCount": 1,
                     *         "updatedAt": "2026-11-25T10:00:04+00:00",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_SessionShown_"];
                };
            };
        };
    };
    completeDiscoverySession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description Our session id, or the chat id the client chose. */
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "approvals": [],
                     *         "createdAt": "2026-11-25T10:00:00+00:00",
                     *         "experimentsGenerated": [],
                     *         "generatedIcps": null,
                     *         "id": 12,
                     *         "messages": [
                     *           {
                     *             "content": "We sell month-end software to finance teams.",
                     *             "id": "msg_1",
                     *             "incomplete": false,
                     *             "role": "user",
                     *             "timestamp": "2026-11-25T10:00:00+00:00",
                     *             "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
                     *           }
                     *         ],
                     *         "status": "active",
                     *         "turnCount": 1,
                     *         "updatedAt": "2026-11-25T10:00:04+00:00",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_SessionRead_"];
                };
            };
        };
    };
    listExperiments: {
        parameters: {
            query?: {
                /** @description Only these statuses; repeat it for several. */
                status?: components["schemas"]["ExperimentStatus"][] | null;
                /** @description Only these types; repeat it for several. */
                type?: components["schemas"]["ExperimentType"][] | null;
                /** @description Oldest first, or with a minus newest first. */
                sort?: "createdAt" | "-createdAt";
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "design": null,
                     *           "id": 12,
                     *           "industries": [
                     *             "Manufacturing"
                     *           ],
                     *           "leadsFound": 0,
                     *           "leadsWarming": 0,
                     *           "meetingsBooked": 0,
                     *           "name": "Finance leads of mid-sized manufacturers",
                     *           "outreachAngle": "Close in two days without a new ERP",
                     *           "pain": "Month-end takes nine days",
                     *           "pattern": "Finance leads who close the books by hand",
                     *           "status": "pending",
                     *           "trigger": "A new auditor",
                     *           "type": "bullseye",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00",
                     *           "wizaFilters": null,
                     *           "workspaceId": 3
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_ExperimentRead_"];
                };
            };
        };
    };
    createExperiments: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentCreate"] | components["schemas"]["ExperimentBatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "design": null,
                     *         "id": 12,
                     *         "industries": [
                     *           "Manufacturing"
                     *         ],
                     *         "leadsFound": 0,
                     *         "leadsWarming": 0,
                     *         "meetingsBooked": 0,
                     *         "name": "Finance leads of mid-sized manufacturers",
                     *         "outreachAngle": "Close in two days without a new ERP",
                     *         "pain": "Month-end takes nine days",
                     *         "pattern": "Finance leads who close the books by hand",
                     *         "status": "pending",
                     *         "trigger": "A new auditor",
                     *         "type": "bullseye",
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "wizaFilters": null,
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ExperimentRead_"] | components["schemas"]["Envelope_list_ExperimentRead__"];
                };
            };
        };
    };
    createExperimentBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentBatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "design": null,
                     *           "id": 12,
                     *           "industries": [
                     *             "Manufacturing"
                     *           ],
                     *           "leadsFound": 0,
                     *           "leadsWarming": 0,
                     *           "meetingsBooked": 0,
                     *           "name": "Finance leads of mid-sized manufacturers",
                     *           "outreachAngle": "Close in two days without a new ERP",
                     *           "pain": "Month-end takes nine days",
                     *           "pattern": "Finance leads who close the books by hand",
                     *           "status": "pending",
                     *           "trigger": "A new auditor",
                     *           "type": "bullseye",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00",
                     *           "wizaFilters": null,
                     *           "workspaceId": 3
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_list_ExperimentRead__"];
                };
            };
        };
    };
    compareExperiments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "experiments": [
                     *           {
                     *             "experimentId": 13,
                     *             "n": 1500,
                     *             "needed": 1500,
                     *             "outcomeMeasured": "reply",
                     *             "outcomes": 75,
                     *             "rate": {
                     *               "high": 0.0629,
                     *               "low": 0.0397,
                     *               "value": 0.05
                     *             },
                     *             "type": "variable_a",
                     *             "waiting": 40
                     *           }
                     *         ],
                     *         "verdicts": [
                     *           {
                     *             "a": 13,
                     *             "b": 12,
                     *             "more": 0,
                     *             "verdict": "better"
                     *           }
                     *         ]
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ComparisonRead_"];
                };
            };
        };
    };
    generateExperiments: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GenerateExperiments"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    startExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "jobId": "018f2c5e-7d1a-4c1e-9b57-0d2f3a4b5c6d",
                     *         "jobType": "data_export"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_JobStarted_"];
                };
            };
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description The invitation's id. */
                invitation_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": null,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_NoneType_"];
                };
            };
        };
    };
    listWorkspaceLeads: {
        parameters: {
            query?: {
                /** @description The order; with a minus the other way round. */
                sort?: "createdAt" | "-createdAt" | "relevanceScore" | "-relevanceScore" | "fullName" | "-fullName";
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
                /** @description Only these statuses; repeat for several. */
                status?: components["schemas"]["LeadStatus"][] | null;
                /** @description Only these outcomes; repeat for several. */
                outcome?: components["schemas"]["LeadOutcome"][] | null;
                /** @description Only these campaigns; repeat for several. */
                campaignId?: number[] | null;
                /** @description Only these experiments; repeat for several. */
                experimentId?: number[] | null;
                /** @description Only with at least this relevance. */
                minScore?: number | null;
                /** @description Only with at most this relevance. */
                maxScore?: number | null;
                /** @description Only with this text in name, title, company or e-mail. */
                q?: string | null;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "aiSummary": null,
                     *           "avatarUrl": null,
                     *           "campaignId": 7,
                     *           "company": "Analytical Engines",
                     *           "companyDomain": "engines.example",
                     *           "contactedAt": null,
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "email": "ada@engines.example",
                     *           "fullName": "Ada Lovelace",
                     *           "id": 301,
                     *           "jobTitle": "Head of Finance",
                     *           "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
                     *           "location": "London",
                     *           "outboundMessage": null,
                     *           "outcome": null,
                     *           "outcomeReason": null,
                     *           "personId": 88,
                     *           "phone": null,
                     *           "relevanceReasons": [
                     *             "Closes the books by hand"
                     *           ],
                     *           "relevanceScore": 80,
                     *           "respondedAt": null,
                     *           "status": "found",
                     *           "updatedAt": "2026-11-22T10:00:00+00:00",
                     *           "workspaceId": 3
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_LeadListed_"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "createdAt": "2026-11-22T09:00:00+00:00",
                     *           "id": 11,
                     *           "role": "owner",
                     *           "status": "active",
                     *           "user": {
                     *             "displayName": "Ada",
                     *             "email": "ada@acme.example",
                     *             "id": 7
                     *           },
                     *           "userId": 7,
                     *           "workspaceId": 3
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_MemberRead_"];
                };
            };
        };
    };
    inviteMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T09:00:00+00:00",
                     *         "expiresAt": "2026-11-29T09:00:00+00:00",
                     *         "id": 4,
                     *         "inviteToken": "pHn3vV0mQd1hE0cW5bTz8rJk2sYx4uLa6oGi7eFq9dM",
                     *         "role": "member",
                     *         "status": "invited",
                     *         "user": {
                     *           "displayName": null,
                     *           "email": "kim@acme.example",
                     *           "id": null
                     *         },
                     *         "userId": null,
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_InvitedRead_"];
                };
            };
        };
    };
    changeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description The user's id. */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T09:00:00+00:00",
                     *         "id": 11,
                     *         "role": "owner",
                     *         "status": "active",
                     *         "user": {
                     *           "displayName": "Ada",
                     *           "email": "ada@acme.example",
                     *           "id": 7
                     *         },
                     *         "userId": 7,
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_MemberRead_"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description The user's id. */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": null,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_NoneType_"];
                };
            };
        };
    };
    getOnboarding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T09:00:00+00:00",
                     *         "data": {
                     *           "company": {
                     *             "companyName": "Acme",
                     *             "oneSentencePitch": "Month-end in two days.",
                     *             "price": "€900 a month"
                     *           },
                     *           "customerEvidence": {
                     *             "bestCustomers": [
                     *               {
                     *                 "name": "Nordstahl",
                     *                 "quote": "We lost nine days every month.",
                     *                 "role": "CFO"
                     *               }
                     *             ],
                     *             "hasPayingCustomers": true
                     *           }
                     *         },
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_OnboardingRead_"];
                };
            };
        };
    };
    saveOnboarding: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OnboardingSave"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T09:00:00+00:00",
                     *         "data": {
                     *           "company": {
                     *             "companyName": "Acme",
                     *             "oneSentencePitch": "Month-end in two days.",
                     *             "price": "€900 a month"
                     *           },
                     *           "customerEvidence": {
                     *             "bestCustomers": [
                     *               {
                     *                 "name": "Nordstahl",
                     *                 "quote": "We lost nine days every month.",
                     *                 "role": "CFO"
                     *               }
                     *             ],
                     *             "hasPayingCustomers": true
                     *           }
                     *         },
                     *         "updatedAt": "2026-11-22T10:00:00+00:00",
                     *         "workspaceId": 3
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_OnboardingRead_"];
                };
            };
        };
    };
    getSender: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "approvedFacts": [
                     *           "Nordstahl closes in two days since May."
                     *         ],
                     *         "company": "Acme",
                     *         "customerNames": [
                     *           "Nordstahl"
                     *         ],
                     *         "linkedinTier": "premium",
                     *         "name": "Ada Berger",
                     *         "optOutLine": "Tell me if you would rather not hear from me.",
                     *         "postalAddress": "Ringstraße 1, 1010 Wien",
                     *         "title": "Founder"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_SenderRead_"];
                };
            };
        };
    };
    updateSender: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read, such as `"v3"`; 412 when it is no longer the newest. */
                "if-match"?: string | null;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SenderUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "approvedFacts": [
                     *           "Nordstahl closes in two days since May."
                     *         ],
                     *         "company": "Acme",
                     *         "customerNames": [
                     *           "Nordstahl"
                     *         ],
                     *         "linkedinTier": "premium",
                     *         "name": "Ada Berger",
                     *         "optOutLine": "Tell me if you would rather not hear from me.",
                     *         "postalAddress": "Ringstraße 1, 1010 Wien",
                     *         "title": "Founder"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_SenderRead_"];
                };
            };
        };
    };
    listSuppressions: {
        parameters: {
            query?: {
                /** @description Only these kinds; repeat it for several. */
                kind?: components["schemas"]["SuppressionKind"][] | null;
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "createdAt": "2026-11-22T10:00:00+00:00",
                     *           "id": 9,
                     *           "kind": "email",
                     *           "reason": "opt_out",
                     *           "value": "k***@example.com"
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_SuppressionRead_"];
                };
            };
        };
    };
    createSuppression: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuppressionCreate"];
            };
        };
        responses: {
            /** @description It was there already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "id": 9,
                     *         "kind": "email",
                     *         "reason": "opt_out",
                     *         "value": "k***@example.com"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_SuppressionRead_"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "createdAt": "2026-11-22T10:00:00+00:00",
                     *         "id": 9,
                     *         "kind": "email",
                     *         "reason": "opt_out",
                     *         "value": "k***@example.com"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_SuppressionRead_"];
                };
            };
        };
    };
    importSuppressions: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "email,reason\nkim@example.com,opt_out\n",
                 *       "reason": "opt_out"
                 *     }
                 */
                "multipart/form-data": components["schemas"]["Body_importSuppressions"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "added": 1,
                     *         "complete": true,
                     *         "duplicates": 1,
                     *         "problems": [
                     *           {
                     *             "duplicate": true,
                     *             "reason": "It is there already (email).",
                     *             "row": 3
                     *           },
                     *           {
                     *             "column": "Email",
                     *             "duplicate": false,
                     *             "reason": "It is not UTF-8 text.",
                     *             "row": 4
                     *           }
                     *         ],
                     *         "problemsLeftOut": 0,
                     *         "refused": 1,
                     *         "rows": 3,
                     *         "warnings": []
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_ImportReport_"];
                };
            };
        };
    };
    deleteSuppression: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
                /** @description The suppression's id. */
                suppression_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": null,
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_NoneType_"];
                };
            };
        };
    };
    listUsage: {
        parameters: {
            query?: {
                /** @description The first UTC day; else 30 days up to `to`. */
                from?: string | null;
                /** @description The last UTC day; else today. */
                to?: string | null;
                /** @description Only this campaign. */
                campaignId?: number | null;
                /** @description How many items to answer with. */
                limit?: number;
                /** @description `page.nextCursor` of the answer before. */
                cursor?: string | null;
                /** @description Whether to count all items into `page.total`. */
                count?: boolean;
            };
            header?: never;
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "campaignId": null,
                     *           "costUsd": 0.1294,
                     *           "credits": 0,
                     *           "day": "2026-11-22",
                     *           "graph": "discovery",
                     *           "inputTokens": 40100,
                     *           "model": "gpt-6-sol",
                     *           "outputTokens": 8110
                     *         }
                     *       ],
                     *       "message": "OK",
                     *       "page": {
                     *         "limit": 200,
                     *         "nextCursor": "",
                     *         "total": 200
                     *       },
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["PageEnvelope_UsageRead_"];
                };
            };
        };
    };
    generateWorldview: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. For 24 hours the same request under it is done once and gets the same answer; another body is 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The workspace's id. */
                workspace_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WorldviewRequest"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "leftOut": 1,
                     *         "provider": "openai",
                     *         "statements": [
                     *           {
                     *             "quote": "towage companies with four to thirty tugs",
                     *             "section": "customers",
                     *             "source": "onboarding:company.customers",
                     *             "text": "Harbour towage companies with four to thirty tugs."
                     *           }
                     *         ],
                     *         "worldview": "# Tidewerk\n\n## Who buys\n\n- Harbour towage companies with four to thirty tugs.\n  > “towage companies with four to thirty tugs” (onboarding: company.customers)\n"
                     *       },
                     *       "message": "OK",
                     *       "success": true
                     *     }
                     */
                    "application/json": components["schemas"]["Envelope_WorldviewRead_"];
                };
            };
        };
    };
}
