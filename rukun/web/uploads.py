"""What is sent to us stays in memory until it has been made anew: no file as it was sent ever touches the disk."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

LARGEST = 12 * 1024 * 1024  # one file
MOST = 40 * 1024 * 1024  # all that comes with one form


class InMemory(FileUploadHandler):
    """Takes whole forms up to 40 MB, single files up to 12; ends the reading of what is larger."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:
        if content_length > MOST:
            raise StopUpload(connection_reset=True)

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.buffer, self.taken = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken <= LARGEST:  # of what is larger nothing is kept, and whoever reads it finds it too large
            self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.buffer.seek(0)
        return InMemoryUploadedFile(
            self.buffer, self.field_name, self.file_name or "", self.content_type, file_size, self.charset, self.content_type_extra
        )
