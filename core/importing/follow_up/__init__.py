"""What a file says of the follow-up of decisions, whatever the trade: where each stands, for when it is promised.

The roles that such columns have; the apps add their own.
"""

START, DEADLINE, REVISED, MONTH = "start", "deadline", "revised", "month"
STATUS, DONE_ON = "status", "done_on"
