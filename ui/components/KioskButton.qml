pragma ComponentBehavior: Bound

import QtQuick

// A big button: `primary` for the one thing to do, `secondary` for the other ways, `quiet` in bars.
Rectangle {
    id: root

    enum Kind { Primary, Secondary, Quiet }

    property int kind: KioskButton.Primary
    property string text
    property string icon
    property bool iconAfter: false
    property int fontSize: Theme.button
    readonly property bool isTouchTarget: true
    readonly property color ink: kind === KioskButton.Primary ? Theme.onDark : Theme.primary
    readonly property real iconSize: fontSize * 1.25
    readonly property real iconSpace: icon === "" ? 0 : iconSize + 20
    signal tapped

    implicitHeight: Theme.touch
    implicitWidth: Math.ceil(label.implicitWidth) + iconSpace + (kind === KioskButton.Quiet ? 56 : 80)
    radius: Theme.radius
    color: {
        if (kind === KioskButton.Primary)
            return handler.pressed ? Theme.primaryPressed : Theme.primary;
        return handler.pressed ? Theme.primarySoft : Theme.surface;
    }
    border.width: activeFocus ? 6 : kind === KioskButton.Primary ? 0 : 3
    border.color: activeFocus ? Theme.warning : Theme.primary
    activeFocusOnTab: enabled

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: tapped()
    Keys.onReturnPressed: tapped()
    Keys.onSpacePressed: tapped()

    Item {
        anchors.centerIn: parent
        width: root.iconSpace + label.width
        height: parent.height
        LayoutMirroring.enabled: root.iconAfter !== Theme.rightToLeft
        LayoutMirroring.childrenInherit: true

        Icon {
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            visible: root.icon !== ""
            path: root.icon
            size: root.iconSize
            stroke: 2.4
            color: root.ink
        }
        Label {
            id: label

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.width - root.iconSpace - 48)
            horizontalAlignment: Text.AlignHCenter
            text: root.text
            color: root.ink
            lineHeight: 1
            font.pixelSize: root.fontSize
            font.bold: true
        }
    }

    TapHandler {
        id: handler
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
