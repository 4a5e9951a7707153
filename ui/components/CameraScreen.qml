pragma ComponentBehavior: Bound

import QtQuick

// A screen with room for the camera's live picture, which the window puts there.
Item {
    property Item cameraPlace: null
    // Whether the picture is of use now: it shows a document to everybody who is near.
    property bool cameraWanted: true
}
