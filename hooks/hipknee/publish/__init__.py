"""From a built site to a published one: the policy, the worker, the check, the swap."""
