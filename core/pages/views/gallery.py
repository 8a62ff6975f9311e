"""The gallery of components: every state of each, with realistic data, for those who build pages and check them."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.views.generic import TemplateView

from core.pages.gallery import charts, forms, tables, texts
from core.pages.states import STATES


class GalleryPage(TemplateView):
    """One long page, one section per component; nothing here is read from the database."""

    template_name = "core/gallery/index.html"
    title = "Composants"

    def get_context_data(self, **kwargs):
        order = self.request.GET.get("tri", "label")
        table = tables.IndicatorTable(tables.ROWS, request=self.request, order_by=order)
        table.paginate(page=1, per_page=5)
        return super().get_context_data(
            title=self.title,
            breadcrumbs=[(self.title, "")],
            states=STATES,
            table=table,
            page=Paginator(range(240), 25).page(4),
            sample_form=forms.SampleForm(),
            wrong_form=forms.wrong_form(),
            upload_form=forms.UploadForm(),
            filter_form=forms.FilterForm({"q": "courriel"}),
            history=texts.history(timezone.now()),
            charts=charts.charts(),
            spark=charts.spark(),
            **texts.CONTENT,
            **kwargs,
        )
