"""Forms look right everywhere, third-party ones too: set as `FORM_RENDERER`."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Own templates for form, field and formset; widgets come from `django/forms/widgets/`."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"
