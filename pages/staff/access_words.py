"""How access speaks to people: problems, and what to do about them."""

from app.access.enrolment import EnrolmentProblem
from app.access.limits import TooSoon
from app.access.passwords import LONGEST, SHORTEST, PasswordProblem
from app.access.principals import Role
from app.language import _


def role_word(role: Role) -> str:
    """The name of a role."""
    return {
        Role.ADMINISTRATOR: _('管理者'),
        Role.ATTENDANCE_CLERK: _('勤怠担当'),
        Role.GUARD: _('守衛'),
        Role.CAR_MANAGER: _('車両担当'),
        Role.SAFE_DRIVING_MANAGER: _('安全運転管理者'),
        Role.SHELTER_OFFICER: _('避難所担当'),
        Role.HEADQUARTERS: _('災害対策本部'),
    }[role]


def wait_words(too_soon: TooSoon) -> str:
    """How long to wait after failed attempts."""
    seconds = max(1, round(too_soon.seconds + 0.5))
    return _('続けて間違えたため、{seconds}秒待ってからもう一度お試しください。').format(seconds=seconds)


def busy_words() -> str:
    """Too many sign in at the same time."""
    return _('混み合っています。少し待ってからもう一度お試しください。')


def password_hint() -> str:
    """The rules before a password is chosen."""
    return _('{shortest}文字以上。文字の種類は自由です。長い言葉の組み合わせが安全です。').format(shortest=SHORTEST)


def password_problem_words(problem: PasswordProblem) -> str:
    """Why a password cannot be chosen, and what to choose instead."""
    return {
        PasswordProblem.TOO_SHORT: _('{shortest}文字以上にしてください。').format(shortest=SHORTEST),
        PasswordProblem.TOO_LONG: _('{longest}文字までにしてください。').format(longest=LONGEST),
        PasswordProblem.COMMON: _('よく使われる言葉や並びなので推測されます。別のものにしてください。'),
        PasswordProblem.HAS_STAFF_NUMBER: _('職員番号を含めないでください。'),
    }[problem]


def enrolment_problem_words(problem: EnrolmentProblem) -> tuple[str, str]:
    """Why a code does not make this browser a tablet, and what to do."""
    title = {
        EnrolmentProblem.UNKNOWN: _('登録コードが違います'),
        EnrolmentProblem.USED: _('この登録コードは使用済みです'),
        EnrolmentProblem.EXPIRED: _('登録コードの期限(10分)が切れています'),
    }[problem]
    return title, _('管理者が新しい登録コードを出し、そのアドレスをこの端末で開いてください。')
