"""Messages to leads: what a draft is, and (in their own files) how it is made, checked and sent on."""
