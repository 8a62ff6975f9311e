"""Rows of the permission matrix for training."""

from organisations.permissions import P
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import Row
from tests.permission_matrix.sections import rows_of
from tests.permission_matrix.world import World
from training.imports.kind import TrainingFile
from training.views.people import Agents, PastTrainings, Posts
from training.views.sessions import Courses, Enrolments, Sessions
from training.views.templates import Templates
from training.views.themes import Themes
from training.views.tutoring import Agreements

EXPECTED: dict[str, Row] = {
    "training:follow-up": Row(P.TRAINING_COUNT),
    "training:matrix": Row(P.TRAINING_COUNT),
    "training:forecast": Row(P.TRAINING_COUNT),
    "training:balance": Row(P.TRAINING_COUNT),
    "training:import-home": Row(P.TRAINING_MANAGE, get=302),
    "training:import-upload": Row(P.TRAINING_MANAGE, at=World.site),
    **import_rows(TrainingFile, at=World.training_import),
    **rows_of(Agents, World.agent, P.TRAINING_EDIT, erase=P.TRAINING_MANAGE),
    **rows_of(Posts, World.post, P.TRAINING_EDIT),
    **rows_of(PastTrainings, World.past_training, P.TRAINING_EDIT),
    **rows_of(Courses, World.course, P.TRAINING_MANAGE),
    **rows_of(
        Sessions,
        World.session,
        P.TRAINING_MANAGE,
        attestations_pdf=Row(P.TRAINING_MANAGE, at=World.session, get=404),
    ),
    **rows_of(
        Enrolments,
        World.enrolment,
        P.TRAINING_MANAGE,
        certificate=Row(P.TRAINING_VIEW, at=World.enrolment, get=404),
        attestation=Row(P.TRAINING_VIEW, at=World.enrolment, get=404),
    ),
    **rows_of(Agreements, World.agreement, P.TRAINING_EDIT, pdf=P.TRAINING_VIEW, odt=P.TRAINING_VIEW),
    **rows_of(Templates, World.agreement_template, P.TRAINING_WORDS),
    **rows_of(Themes, lambda world, place: world.training_theme(), P.TRAINING_MANAGE),
}
