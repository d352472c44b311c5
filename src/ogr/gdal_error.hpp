#pragma once

#include <mutex>
#include <string>

#include <cpl_error.h>
#include <gdal_priv.h>

namespace kharita::ogr {

/// GDAL's complaints while it lives, kept instead of printed. One thread at a time.
class GdalErrors {
public:
    GdalErrors() { CPLPushErrorHandlerEx(keep, this); }
    GdalErrors(GdalErrors const&) = delete;
    GdalErrors& operator=(GdalErrors const&) = delete;
    GdalErrors(GdalErrors&&) = delete;
    GdalErrors& operator=(GdalErrors&&) = delete;
    ~GdalErrors() { CPLPopErrorHandler(); }

    /// The last error, in GDAL's words; `fallback` where it said nothing.
    std::string last_or(char const* fallback) const { return m_last.empty() ? fallback : m_last; }
    void clear() { m_last.clear(); }

private:
    // Called from C: must not throw.
    static void keep(CPLErr kind, CPLErrorNum, char const* message) noexcept {
        try {
            if (kind >= CE_Failure) {
                static_cast<GdalErrors*>(CPLGetErrorHandlerUserData())->m_last = message;
            }
        } catch (...) { // out of memory: an empty message is good enough
        }
    }

    std::string m_last;
};

/// Opening and closing data sets is not safe by threads in GDAL 3.6 (SpatiaLite's clean-up): one at a time.
inline std::mutex& open_close_mutex() {
    static std::mutex mutex;
    return mutex;
}

struct CloseDataset {
    void operator()(GDALDataset* dataset) const noexcept {
        std::scoped_lock const lock{open_close_mutex()};
        GDALClose(dataset);
    }
};
using DatasetPtr = std::unique_ptr<GDALDataset, CloseDataset>;

} // namespace kharita::ogr
