pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// One fact with its pictogram: a small caption, and below it what counts.
RowLayout {
    id: root

    required property string icon
    required property string caption
    required property string value
    property int valueSize: Theme.body
    property string valueFamily: Theme.family
    spacing: 28

    Icon {
        Layout.alignment: Qt.AlignVCenter
        path: root.icon
        size: 56
        color: Theme.primary
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2

        Label {
            Layout.fillWidth: true
            text: root.caption
            color: Theme.inkSoft
            font.pixelSize: 30
        }
        Label {
            Layout.fillWidth: true
            text: root.value
            font.family: root.valueFamily
            font.pixelSize: root.valueSize
            font.bold: true
        }
    }
}
