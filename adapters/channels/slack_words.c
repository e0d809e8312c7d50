/*
 * What Slack's words of refusal mean, and what would help.
 *
 * The words are those that the pages of the methods list
 * (https://docs.slack.dev/reference/methods, "Errors" of chat.postMessage,
 * chat.postEphemeral, chat.update, conversations.join, conversations.history,
 * conversations.open, conversations.info, conversations.leave, users.info, auth.test and apps.connections.open).
 */
#include "adapters/channels/slack.h"

#include "bot/base/text.h"

static const struct slack_word words[] = {
        /* the token */
        {"not_authed", ERROR_STOP,
                "the token did not arrive: set token, or see whether a proxy "
                "drops it"},
        {"invalid_auth", ERROR_STOP,
                "Slack does not know this token: copy it again (token is the "
                "app's Bot User OAuth Token, xoxb-..., app_token its app-level "
                "token, xapp-...)"},
        {"token_revoked", ERROR_STOP,
                "the token was revoked: for a new bot token (xoxb-...) install "
                "the app into the workspace again, a new app_token (xapp-...) "
                "is made under its Basic Information"},
        {"token_expired", ERROR_STOP,
                "the token has expired: switch token rotation off in the app, "
                "install it again and set its new token"},
        {"account_inactive", ERROR_STOP,
                "the app was removed from the workspace: install it again and "
                "set its new token"},
        {"org_login_required", ERROR_STOP,
                "the workspace is being moved into an organisation: try again "
                "when that is done"},
        {"ekm_access_denied", ERROR_STOP,
                "the workspace's administrators have suspended access to it"},
        {"not_allowed_token_type", ERROR_STOP,
                "a token of another kind is needed: token is the bot's "
                "(xoxb-...), app_token the app's (xapp-...)"},
        {"no_permission", ERROR_STOP,
                "the token may not do this: install the app again with the "
                "scopes that \"paperboy slack-manifest\" lists"},
        {"access_denied", ERROR_STOP,
                "the workspace denies the app this: ask its administrator"},
        {"team_access_not_granted", ERROR_STOP,
                "the app is not allowed in this workspace: ask its "
                "administrator to approve it"},
        {"two_factor_setup_required", ERROR_STOP,
                "the workspace asks for two-factor login first: set it up for "
                "whoever owns the app"},
        {"accesslimited", ERROR_STOP,
                "the workspace does not let this network in: ask its "
                "administrator"},
        /* scopes */
        {"missing_scope", ERROR_STOP,
                "the app's token may not do this: add the scope in the app, "
                "under OAuth & Permissions, and install it again (an "
                "app_token, xapp-..., is made anew with it, under Basic "
                "Information)"},
        /* channels */
        {"channel_not_found", ERROR_STOP,
                "there is no such channel, or it is private and the bot is not "
                "in it: set room to the channel's id (C...), and /invite the "
                "bot there"},
        {"not_in_channel", ERROR_STOP,
                "the bot is not in the channel: write /invite @ and the bot's "
                "name there"},
        {"is_archived", ERROR_STOP,
                "the channel is archived: unarchive it, or set room to "
                "another"},
        {"user_not_in_channel", ERROR_REJECTED,
                "who asked has left the channel"},
        {"user_not_found", ERROR_REJECTED, "Slack does not know this person"},
        {"users_not_found", ERROR_REJECTED, "Slack does not know this person"},
        {"user_not_visible", ERROR_REJECTED, "the bot may not see this person"},
        {"user_disabled", ERROR_REJECTED, "this person's account is closed"},
        {"cannot_dm_bot", ERROR_REJECTED, "a bot cannot be written to"},
        {"messages_tab_disabled", ERROR_REJECTED,
                "people cannot be written to alone: switch on the messages "
                "tab in the app, under App Home"},
        {"restricted_action", ERROR_STOP,
                "the workspace's rules do not let the bot post there: ask its "
                "administrator"},
        {"restricted_action_read_only_channel", ERROR_STOP,
                "only some may post in this channel: let the bot, in the "
                "channel's settings"},
        {"restricted_action_thread_only_channel", ERROR_STOP,
                "only answers in threads are allowed in this channel: set room "
                "to another"},
        {"restricted_action_non_threadable_channel", ERROR_STOP,
                "there are no threads in this channel: set layout = message"},
        {"restricted_action_thread_locked", ERROR_REJECTED,
                "the thread was locked"},
        {"posting_to_general_channel_denied", ERROR_STOP,
                "the bot may not post to the workspace's general channel: ask "
                "its administrator"},
        {"method_not_supported_for_channel_type", ERROR_STOP,
                "that cannot be done in a channel of this kind: private ones "
                "are not joined, /invite the bot there"},
        {"team_not_found", ERROR_STOP, "Slack does not know the workspace"},
        {"slack_connect_file_link_sharing_blocked", ERROR_REJECTED,
                "somebody's administrator forbids this in a shared channel"},
        {"external_channel_migrating", ERROR_RETRY,
                "the shared channel is being moved"},
        {"team_added_to_org", ERROR_RETRY,
                "the workspace is being moved into an organisation"},
        {"cant_leave_general", ERROR_STOP,
                "nobody leaves the workspace's general channel"},
        {"last_member", ERROR_STOP,
                "the bot is the channel's last member: delete or archive the "
                "channel"},
        {"user_is_restricted", ERROR_STOP,
                "a guest cannot do this: ask the workspace's administrator"},
        /* what is answered or edited */
        {"thread_not_found", ERROR_REJECTED, "what it belongs to was deleted"},
        {"message_not_found", ERROR_REJECTED,
                "the message was deleted meanwhile"},
        {"cannot_reply_to_message", ERROR_REJECTED,
                "that message cannot be answered in a thread"},
        {"cant_update_message", ERROR_REJECTED,
                "it is not a message of this bot's"},
        {"edit_window_closed", ERROR_REJECTED,
                "the workspace lets nobody edit a message so old: raise the "
                "time in its settings"},
        {"update_failed", ERROR_RETRY, "Slack could not edit the message"},
        {"is_inactive", ERROR_STOP,
                "the channel is frozen by the workspace's administrator"},
        /* how fast */
        {"ratelimited", ERROR_RETRY, "too many messages at once"},
        {"rate_limited", ERROR_RETRY, "too many messages at once"},
        {"message_limit_exceeded", ERROR_RETRY,
                "the workspace has reached the number of messages that its "
                "plan allows"},
        /* how much */
        {"msg_too_long", ERROR_REJECTED, "the message is too long for Slack"},
        {"msg_blocks_too_long", ERROR_REJECTED,
                "the message is too long for Slack"},
        {"too_many_attachments", ERROR_REJECTED,
                "this message has too many attachments for Slack"},
        {"too_many_contact_cards", ERROR_REJECTED,
                "this message has too many cards for Slack"},
        {"no_text", ERROR_REJECTED, "Slack finds no text in this message"},
        {"invalid_blocks", ERROR_REJECTED,
                "Slack refuses this message's layout"},
        {"invalid_blocks_format", ERROR_REJECTED,
                "Slack refuses this message's layout"},
        {"metadata_too_large", ERROR_REJECTED,
                "what is sent along with the message is too large"},
        {"invalid_metadata_format", ERROR_REJECTED,
                "Slack refuses what is sent along with the message"},
        {"invalid_metadata_schema", ERROR_REJECTED,
                "Slack refuses what is sent along with the message"},
        {"metadata_must_be_sent_from_app", ERROR_STOP,
                "only an app's own token may do this: set token to the bot's "
                "(xoxb-...)"},
        {"as_user_not_supported", ERROR_STOP,
                "the app is of an old kind: make one from \"paperboy "
                "slack-manifest\""},
        {"invalid_arguments", ERROR_REJECTED, "Slack cannot read this request"},
        {"invalid_arg_name", ERROR_REJECTED, "Slack cannot read this request"},
        {"invalid_form_data", ERROR_REJECTED, "Slack cannot read this request"},
        {"invalid_post_type", ERROR_REJECTED, "Slack cannot read this request"},
        {"invalid_json", ERROR_REJECTED, "Slack cannot read this request"},
        {"json_not_object", ERROR_REJECTED, "Slack cannot read this request"},
        {"unknown_method", ERROR_STOP,
                "there is no such method: set api_url right, or leave it out"},
        {"method_deprecated", ERROR_STOP,
                "Slack no longer offers this: a newer paperboy is needed"},
        {"deprecated_endpoint", ERROR_STOP,
                "Slack no longer offers this: a newer paperboy is needed"},
        /* Slack itself */
        {"internal_error", ERROR_RETRY, "Slack has a fault of its own"},
        {"fatal_error", ERROR_RETRY, "Slack has a fault of its own"},
        {"service_unavailable", ERROR_RETRY, "Slack is out of order"},
        {"request_timeout", ERROR_RETRY, "the request came in too slowly"},
};

const struct slack_word *slack_words_find(const char *word)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_same(words[i].word, word))
            return &words[i];
    return NULL;
}
