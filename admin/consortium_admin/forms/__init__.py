"""Forms of records: the fields of a sheet as a page shows them, and what comes back from there."""

from consortium_admin.forms.fields import Control, Field, Form, Option
from consortium_admin.forms.page import FormPage, Problems
from consortium_admin.forms.sent import VERSION, Sent

__all__ = ["VERSION", "Control", "Field", "Form", "FormPage", "Option", "Problems", "Sent"]
