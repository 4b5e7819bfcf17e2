"""Static files under names that change with their content, imports between scripts included."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class Storage(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    manifest_strict = False
